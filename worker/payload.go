package worker

import (
	"errors"
	"fmt"
	"strings"
	"time"

	commonpb "go.temporal.io/api/common/v1"

	"github.com/weir-run/weir/interpreter/value"
)

// Reserved keys of a signal's payload. The Starter sets them where it has to decide by signal; they never reach the body.
const (
	fieldOccurrence = "occurrence"
	fieldID         = "id"
	fieldApprover   = "approver"
	reservedSpace   = "weir"
)

// instantFormat is how times stand in results: ISO-8601 UTC with milliseconds.
const instantFormat = "2006-01-02T15:04:05.000Z"

func instant(t time.Time) string { return t.UTC().Format(instantFormat) }

// readOffer reads the payload of a signal: a decision, and who made it if it says so.
func readOffer(p *commonpb.Payload, at time.Time) (offer, error) {
	o := offer{At: at}
	v, err := readOutside(p)
	if err != nil {
		return o, err
	}
	o.Value = v
	m, ok := v.AsMap()
	if !ok {
		return o, nil
	}
	if by, ok := m.GetKw("by").AsString(); ok {
		o.By = by
	}
	if n, ok := reserved(m, fieldOccurrence).AsInt(); ok && n > 0 {
		o.Occurrence = int(n)
	}
	if id, ok := reserved(m, fieldID).AsString(); ok {
		o.ID = id
	}
	if approver, ok := reserved(m, fieldApprover).AsString(); ok {
		o.Approver = approver
	}
	for _, name := range [...]string{fieldOccurrence, fieldID, fieldApprover} {
		m = m.Without(nil, reservedKey(name))
	}
	o.Value = value.Of(m)
	return o, nil
}

func reservedKey(name string) value.Value { return value.Of(value.Intern(reservedSpace, name)) }

func reserved(m *value.Map, name string) value.Value {
	v, _ := m.Own(nil, reservedKey(name))
	return v
}

// withReserved is what readOffer reads again: the payload of a signal that carries o.
func withReserved(o offer) value.Value {
	m, ok := o.Value.AsMap()
	if !ok {
		m = value.EmptyMap
		if !o.Value.IsNil() {
			m = m.Assoc(nil, value.Kw("value"), o.Value)
		}
	}
	if o.By != "" {
		m = m.Assoc(nil, value.Kw("by"), value.String(o.By))
	}
	if o.Occurrence > 0 {
		m = m.Assoc(nil, reservedKey(fieldOccurrence), value.Int(int64(o.Occurrence)))
	}
	if o.ID != "" {
		m = m.Assoc(nil, reservedKey(fieldID), value.String(o.ID))
	}
	if o.Approver != "" {
		m = m.Assoc(nil, reservedKey(fieldApprover), value.String(o.Approver))
	}
	return value.Of(m)
}

// result is the value of a wait that o ended: the payload with :by and :at. What isn't a map comes under :value.
func (o offer) result() value.Value {
	m, ok := o.Value.AsMap()
	if !ok {
		m = value.EmptyMap
		if !o.Value.IsNil() {
			m = m.Assoc(nil, value.Kw("value"), o.Value)
		}
	}
	if o.By != "" {
		m = m.Assoc(nil, value.Kw("by"), value.String(o.By))
	}
	return value.Of(m.Assoc(nil, value.Kw("at"), value.String(instant(o.At))))
}

// action is the payload's :action as people read it, "" without one.
func (o offer) action() string {
	m, ok := o.Value.AsMap()
	if !ok {
		return ""
	}
	text, err := textOf(m.GetKw("action"))
	if err != nil {
		return ""
	}
	return text
}

// missingFields lists which of the required fields a decision lacks; an empty text counts as lacking.
func missingFields(v value.Value, required []string) []string {
	var missing []string
	m, isMap := v.AsMap()
	for _, name := range required {
		if !isMap {
			missing = append(missing, name)
			continue
		}
		field := m.GetKw(name)
		if text, ok := field.AsString(); field.IsNil() || ok && strings.TrimSpace(text) == "" {
			missing = append(missing, name)
		}
	}
	return missing
}

// readRequired reads a wait's :validation: [:comment ...], {:required [:comment ...]} or {:comment {:required true} ...}.
func readRequired(v value.Value) ([]string, error) {
	if v.IsNil() {
		return nil, nil
	}
	if m, ok := v.AsMap(); ok {
		if list := m.GetKw("required"); !list.IsNil() {
			return fieldNames(list)
		}
		return requiredOf(m)
	}
	return fieldNames(v)
}

func requiredOf(m *value.Map) ([]string, error) {
	var names []string
	var err error
	m.Each(func(k, v value.Value) bool {
		var name string
		if name, err = textOf(k); err != nil {
			return false
		}
		rule, isMap := v.AsMap()
		if isMap && rule.GetKw("required").Truthy() || !isMap && v.Truthy() {
			names = append(names, name)
		}
		return true
	})
	return names, err
}

func fieldNames(v value.Value) ([]string, error) {
	switch v.Kind() {
	case value.KindVector, value.KindSet, value.KindList:
	default:
		return nil, errors.New("must name the required fields, like [:comment]")
	}
	var names []string
	var err error
	value.Each(nil, v, func(f value.Value) bool {
		var name string
		if name, err = textOf(f); err != nil {
			err = fmt.Errorf("names a field by %s", describe(f))
			return false
		}
		names = append(names, name)
		return true
	})
	return names, err
}
