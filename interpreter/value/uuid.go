package value

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// UUID is a UUID.
type UUID [16]byte

// NewUUID makes a UUID of its bytes.
func NewUUID(b [16]byte) Value {
	u := UUID(b)
	return Value{ref: &u}
}

// ParseUUID reads the text of a #uuid: five groups of hexadecimal digits. Like Java it takes short groups,
// which are filled with zeros, and of long ones the last digits.
func ParseUUID(text string) (Value, error) {
	groups := strings.Split(text, "-")
	if len(groups) != 5 || len(text) > 36 {
		return Nil, fmt.Errorf("invalid UUID string: %s", text)
	}
	var u UUID
	out := u[:0]
	for i, size := range []int{4, 2, 2, 2, 6} {
		n, err := strconv.ParseUint(groups[i], 16, 64)
		if err != nil {
			return Nil, fmt.Errorf("invalid UUID string: %s", text)
		}
		for size--; size >= 0; size-- {
			out = append(out, byte(n>>(8*size)))
		}
	}
	return Value{ref: &u}, nil
}

// AsUUID returns the bytes and whether v is a UUID.
func (v Value) AsUUID() ([16]byte, bool) {
	if u, ok := v.ref.(*UUID); ok {
		return *u, true
	}
	return [16]byte{}, false
}

// String is the 36-character form.
func (u *UUID) String() string { return uuid.UUID(*u).String() }
