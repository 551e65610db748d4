package main

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestKeyboardTurnsCtrlCIntoAnEmptyLine(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func(io.Reader) io.Reader{"at once": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader} {
		k := &keyboard{in: read(strings.NewReader("(inc" + ctrlC + "2" + enter))}
		typed, err := io.ReadAll(iotest.OneByteReader(k))
		require.NoError(t, err, name)
		require.Equal(t, "(inc"+goToEnd+erase+enter+"2"+enter, string(typed), name)
		require.True(t, k.gaveUp(), name)
		require.False(t, k.gaveUp(), name)
	}
}
