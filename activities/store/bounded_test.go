package store

import (
	"crypto/sha256"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
)

// zeros gives n zero bytes without having them.
type zeros struct{ n int64 }

func (z *zeros) Read(p []byte) (int, error) {
	n := int(min(int64(len(p)), z.n))
	z.n -= int64(n)
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// An ephemeral blob may have 4 GB and not one byte more: the last megabyte of them is read here.
func TestTheSizeOfAnEphemeralBlobIsBounded(t *testing.T) {
	t.Parallel()
	const tail = 1 << 20
	for over, ok := range map[int64]bool{-1: true, 0: true, 1: false} {
		sum := sha256.New()
		b := &boundedReader{r: &zeros{tail + over}, left: Ephemeral.MaxBytes() - (MaxEphemeralBytes - tail), tier: Ephemeral, sum: sum}
		n, err := io.Copy(io.Discard, b)
		if ok {
			require.NoError(t, err)
			require.Equal(t, tail+over, n)
			continue
		}
		require.ErrorIs(t, err, ErrTooLarge)
		require.ErrorContains(t, err, "4294967296")
	}
}
