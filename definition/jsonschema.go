package definition

import (
	"encoding/json"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// JSONSchema describes an invocation's input for programs: a JSON Schema (draft 2020-12) of an object. What CheckInput refuses, it may
// let through: not every check can be said so.
func (i *Invocation) JSONSchema() json.RawMessage {
	type property struct {
		Type        string            `json:"type,omitempty"`
		Format      string            `json:"format,omitempty"`
		Title       string            `json:"title,omitempty"`
		Description string            `json:"description,omitempty"`
		Enum        []json.RawMessage `json:"enum,omitempty"`
		Default     json.RawMessage   `json:"default,omitempty"`
	}
	properties := map[string]property{}
	required := []string{}
	for n := range i.Inputs {
		in := &i.Inputs[n]
		p := property{Title: in.Label, Description: in.Description}
		p.Type, p.Format = jsonType(in.Type)
		for _, o := range in.Options {
			if text, ok := plainJSON(o.Value); ok {
				p.Enum = append(p.Enum, text)
			}
		}
		if in.HasDefault {
			p.Default, _ = plainJSON(in.Default)
		}
		if in.Required {
			required = append(required, in.Name)
		}
		properties[in.Name] = p
	}
	text, err := json.Marshal(struct {
		Type       string              `json:"type"`
		Properties map[string]property `json:"properties"`
		Required   []string            `json:"required,omitempty"`
	}{"object", properties, required})
	if err != nil { // of strings and of JSON that was just written
		panic(err)
	}
	return text
}

// jsonType is the type and format of a field's JSON; no type is any.
func jsonType(fieldType string) (typ, format string) {
	switch fieldType {
	case "number":
		return "number", ""
	case "boolean", "checkbox":
		return "boolean", ""
	case "json", "select", "file", "blob", "resource": // a ref is text or a map
		return "", ""
	case "email", "date":
		return "string", fieldType
	case "datetime":
		return "string", "date-time"
	}
	return "string", ""
}

func plainJSON(v value.Value) (json.RawMessage, bool) {
	text, err := wire.MarshalPlain(v)
	return text, err == nil
}
