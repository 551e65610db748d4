package activities

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/wire"
)

// essence is what Plan.Essence holds.
type essence struct {
	File        string                 `json:"f,omitempty"`
	Line        int                    `json:"l"`
	Col         int                    `json:"c"`
	Body        string                 `json:"b"`
	Concurrency definition.Concurrency `json:"k"`
	Invocations map[string][]input     `json:"i,omitempty"`
	Packaged    map[string]packed      `json:"s,omitempty"`
}

// packed is a packaged step: its type, and the text of its defaults.
type packed struct {
	Type     string `json:"t"`
	Defaults string `json:"d,omitempty"`
}

// maxEssence bounds what is decompressed: a body is smaller than a definition may be, inputs included.
const maxEssence = 4 * definition.MaxDefinition

// essenceWords is the text that essences are compressed against: what flows are full of. Histories depend on
// every byte of it, so it never changes; a better one gets another mark.
//
//go:embed essence.dict
var essenceWords []byte

// essenceMark begins an essence that was compressed against essenceWords. (Those of the first histories were compressed by
// themselves and have none; it is no character of base64.)
const essenceMark = "."

// packs are the essences of this process's flows.
var packs essences

// essences remembers what flows were packed to: every start asks for it.
type essences struct {
	mu    sync.Mutex
	texts map[*definition.Flow]string
}

// maxEssences is how many are remembered; then it begins anew.
const maxEssences = 512

func (e *essences) of(f *definition.Flow) (string, error) {
	e.mu.Lock()
	text, ok := e.texts[f]
	e.mu.Unlock()
	if ok {
		return text, nil
	}
	text, err := pack(essenceOf(f))
	if err != nil {
		return "", err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.texts == nil || len(e.texts) == maxEssences {
		e.texts = map[*definition.Flow]string{}
	}
	e.texts[f] = text
	return text, nil
}

func essenceOf(f *definition.Flow) essence {
	body, at := f.BodySource()
	e := essence{
		File: f.File, Line: at.Line, Col: at.Col, Body: string(body),
		Concurrency: f.Concurrency, Invocations: map[string][]input{},
	}
	for id, invocation := range f.Invocations {
		e.Invocations[id] = packInputs(invocation.Inputs)
	}
	for _, p := range f.Packaged {
		if e.Packaged == nil {
			e.Packaged = map[string]packed{}
		}
		step := packed{Type: p.Type}
		if p.Defaults != nil {
			step.Defaults = f.Source(p.Defaults)
		}
		e.Packaged[p.ID] = step
	}
	return e
}

// packaged reads the packaged steps again.
func (e essence) packaged() (map[string]*body.Packaged, error) {
	steps := map[string]*body.Packaged{}
	for id, p := range e.Packaged {
		step := &body.Packaged{ID: id, Type: p.Type}
		if p.Defaults != "" {
			forms, problems := syntax.Read(e.File, []byte(p.Defaults))
			if problems.HasErrors() || len(forms) != 1 {
				return nil, fmt.Errorf("read the plan's step %s: %w", id, problems)
			}
			step.Defaults = forms[0]
		}
		steps[id] = step
	}
	return steps, nil
}

func packInputs(inputs []definition.Input) []input {
	out := []input{}
	for _, in := range inputs {
		packed := input{Name: in.Name, Type: in.Type, Required: in.Required}
		if in.Type == plainType {
			packed.Type = ""
		}
		if in.HasDefault {
			packed.Default = &wire.V{Value: in.Default}
		}
		for _, o := range in.Options {
			packed.Options = append(packed.Options, wire.V{Value: o.Value})
		}
		out = append(out, packed)
	}
	return out
}

// pack writes an essence as text: JSON, deflated against essenceWords, in base64.
func pack(e essence) (string, error) {
	var data, b bytes.Buffer
	plain := json.NewEncoder(&data)
	plain.SetEscapeHTML(false) // bodies are full of arrows
	err := plain.Encode(e)
	if err != nil {
		return "", fmt.Errorf("pack the plan: %w", err)
	}
	w, err := flate.NewWriterDict(&b, flate.BestCompression, essenceWords)
	if err == nil {
		_, err = w.Write(bytes.TrimSpace(data.Bytes()))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return "", fmt.Errorf("pack the plan: %w", err)
	}
	return essenceMark + base64.RawStdEncoding.EncodeToString(b.Bytes()), nil
}

func unpack(text string) (essence, error) {
	var e essence
	var words []byte
	if rest, ok := strings.CutPrefix(text, essenceMark); ok {
		text, words = rest, essenceWords
	}
	packed, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return e, fmt.Errorf("unpack the plan: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(flate.NewReaderDict(bytes.NewReader(packed), words), maxEssence+1))
	if err == nil && len(data) > maxEssence {
		err = errors.New("it is too large")
	}
	if err == nil {
		err = json.Unmarshal(data, &e)
	}
	if err != nil {
		return e, fmt.Errorf("unpack the plan: %w", err)
	}
	return e, nil
}
