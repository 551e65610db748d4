package llm

import (
	"bytes"
	"errors"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Schema judges answers.
type Schema struct{ compiled *jsonschema.Schema }

// nowhere refuses schemas of other places.
type nowhere struct{}

func (nowhere) Load(string) (any, error) {
	return nil, errors.New("a schema may not refer to another document")
}

// NewSchema compiles a JSON schema, draft 2020-12 unless it says otherwise.
func NewSchema(v value.Value) (*Schema, error) {
	if v.IsNil() {
		return nil, nil
	}
	text, err := wire.MarshalPlain(v)
	if err != nil {
		return nil, fault.New(fault.InvalidConfig, ":schema: %v", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, fault.New(fault.InvalidConfig, ":schema: %v", err)
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(nowhere{})
	if err := c.AddResource("schema.json", doc); err != nil {
		return nil, fault.New(fault.InvalidConfig, ":schema: %v", oneLine(err))
	}
	compiled, err := c.Compile("schema.json")
	if err != nil {
		return nil, fault.New(fault.InvalidConfig, ":schema is no JSON schema: %v", oneLine(err))
	}
	return &Schema{compiled}, nil
}

// check says what is wrong with a text, or nothing.
func (s *Schema) check(text []byte) string {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return "it is no JSON"
	}
	if err := s.compiled.Validate(doc); err != nil {
		return oneLine(err)
	}
	return ""
}

func oneLine(err error) string {
	return shortened(strings.Join(strings.Fields(strings.ReplaceAll(err.Error(), "\n", ";")), " "))
}
