package value

import (
	"fmt"

	"github.com/google/uuid"
)

// UUID is a UUID.
type UUID [16]byte

// NewUUID makes a UUID of its bytes.
func NewUUID(b [16]byte) Value {
	u := UUID(b)
	return Value{ref: &u}
}

// ParseUUID reads the text of a #uuid, in the 36-character form only.
func ParseUUID(text string) (Value, error) {
	if len(text) != 36 {
		return Nil, fmt.Errorf("invalid UUID string: %s", text)
	}
	u, err := uuid.Parse(text)
	if err != nil {
		return Nil, fmt.Errorf("invalid UUID string: %s", text)
	}
	return NewUUID(u), nil
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
