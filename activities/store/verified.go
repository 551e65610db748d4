package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
)

// ErrDamaged tells that a blob isn't what its ref says.
var ErrDamaged = errors.New("the content doesn't have the recorded SHA-256")

const verifyBuffer = 64 << 10

// verifiedReader gives the last bytes of a content only when it knows that the whole has the right sum: who passes them on
// as they come, in a request's body for example, never completes a damaged one.
type verifiedReader struct {
	source io.ReadCloser
	r      *bufio.Reader
	uri    string
	want   string
	sum    hash.Hash
}

// verified reads r; an empty sum checks nothing.
func verified(r io.ReadCloser, uri, sum string) io.ReadCloser {
	if sum == "" {
		return r
	}
	return &verifiedReader{source: r, r: bufio.NewReaderSize(r, verifyBuffer), uri: uri, want: sum, sum: sha256.New()}
}

func (v *verifiedReader) Read(p []byte) (int, error) {
	n, err := v.r.Read(p)
	v.sum.Write(p[:n])
	if err == nil && n > 0 {
		if _, ahead := v.r.Peek(1); ahead == io.EOF {
			err = io.EOF
		}
	}
	if err == io.EOF && hex.EncodeToString(v.sum.Sum(nil)) != v.want {
		return 0, fmt.Errorf("read %s: %w", v.uri, ErrDamaged)
	}
	return n, err
}

func (v *verifiedReader) Close() error { return v.source.Close() }
