package jail

import (
	"encoding/binary"
	"errors"
	"io"
)

// setup is the first frame that a child reads.
type setup struct {
	Source string
	Mode   Mode
	Lack   []string // locks that are to be taken for missing: for tests
}

// Kinds of the frames that a child writes; the rest of a frame is JSON.
const (
	kindReady  = 'r'
	kindValue  = 'v'
	kindRetire = 'V' // a value, and the child has grown: take no more from it
	kindError  = 'e'
)

var errFrame = errors.New("a frame is too large")

func writeFrame(w io.Writer, kind byte, data []byte) error {
	head := make([]byte, 5, 5+len(data))
	binary.BigEndian.PutUint32(head, uint32(len(data)))
	head[4] = kind
	_, err := w.Write(append(head, data...))
	return err
}

func readFrame(r io.Reader, most int) (byte, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if int64(n) > int64(most) {
		return 0, nil, errFrame
	}
	data := make([]byte, n)
	_, err := io.ReadFull(r, data)
	return head[4], data, err
}
