package value

import (
	"fmt"
	"time"
)

// Inst is an instant, to the millisecond, as Clojure's #inst.
type Inst struct{ ms int64 }

// NewInst makes an instant; what is finer than a millisecond is cut off.
func NewInst(t time.Time) Value { return InstOf(t.UnixMilli()) }

// InstOf makes an instant of milliseconds since 1970.
func InstOf(ms int64) Value { return Value{ref: &Inst{ms}} }

// AsInst returns the instant's time (UTC) and whether v is one.
func (v Value) AsInst() (time.Time, bool) {
	if i, ok := v.ref.(*Inst); ok {
		return i.Time(), true
	}
	return time.Time{}, false
}

// Ms is milliseconds since 1970.
func (i *Inst) Ms() int64 { return i.ms }

// Time is the instant in UTC.
func (i *Inst) Time() time.Time { return time.UnixMilli(i.ms).UTC() }

// instLayouts are what #inst takes: a date of which all but the year may be missing, and an offset.
var instLayouts = []string{
	"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
	"2006-01-02T15Z07:00", "2006-01-02T15", "2006-01-02", "2006-01", "2006",
}

// ParseInst reads the text of an #inst.
func ParseInst(text string) (Value, error) {
	for _, layout := range instLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return NewInst(t), nil
		}
	}
	return Nil, fmt.Errorf("unrecognized date/time syntax: %s", text)
}

// text is ISO 8601 with as many fraction digits as it takes (none or three).
func (i *Inst) text() string {
	if i.ms%1000 == 0 {
		return i.Time().Format("2006-01-02T15:04:05Z")
	}
	return i.Time().Format("2006-01-02T15:04:05.000Z")
}

// pr is the printed form, as Clojure prints a java.util.Date.
func (i *Inst) pr() string { return `#inst "` + i.Time().Format("2006-01-02T15:04:05.000") + `-00:00"` }
