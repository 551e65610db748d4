// Package symbols is what a Go function in the jail can reach of the standard library: tables of the names of
// some pure packages, made by generate. What isn't in it isn't there for a function, whatever it imports.
package symbols

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
)

//go:generate go run ./generate

// Symbols is by import path and package name: "encoding/json/json" holds Marshal.
var Symbols = map[string]map[string]reflect.Value{}

// MapTypes are, for functions that look at the methods of what they are given, the interfaces that a function's own
// types are shown to have.
func MapTypes() map[reflect.Value][]reflect.Type {
	texts := []reflect.Type{reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[fmt.Stringer]()}
	out := map[reflect.Value][]reflect.Type{}
	for _, f := range []any{fmt.Errorf, fmt.Fprint, fmt.Fprintf, fmt.Fprintln, fmt.Sprint, fmt.Sprintf, fmt.Sprintln, fmt.Append, fmt.Appendf, fmt.Appendln} {
		out[reflect.ValueOf(f)] = texts
	}
	writes := []reflect.Type{reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()}
	out[reflect.ValueOf(json.Marshal)], out[reflect.ValueOf(json.MarshalIndent)] = writes, writes
	out[reflect.ValueOf(json.Unmarshal)] = []reflect.Type{reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()}
	return out
}
