package bindingtest

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheSearchForLeaksFinds: every form, and halves.
func TestTheSearchForLeaksFinds(t *testing.T) {
	t.Parallel()
	secret := "Qc7/+&=\"" + rand.Text()
	of := Traces(secret)
	for _, text := range []string{
		secret, "x" + secret[5:5+Window], secret[len(secret)-Window:], url.QueryEscape("a=" + secret), hex.EncodeToString([]byte(secret)),
		base64.StdEncoding.EncodeToString([]byte("u:" + secret)), base64.URLEncoding.EncodeToString([]byte("ab:" + secret + "!")),
		base64.StdEncoding.EncodeToString([]byte("Bearer " + secret)),
	} {
		_, found := Leak([]byte("{"+text+"}"), of)
		require.True(t, found, text)
	}
	_, found := Leak([]byte("nothing of it: Qc7/+&= and [secret]"), of)
	require.False(t, found)
}
