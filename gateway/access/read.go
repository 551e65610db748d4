package access

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Bounds of a tokens file.
const (
	maxFile   = 1 << 20
	maxTokens = 1_000
)

var (
	idText   = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9_.@-]{0,63}$`)
	slugText = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_-]{0,127}$`)
)

// readFile reads a tokens file: {:ci {:sha256 "..." :scopes [:read :start] :flows [:orders]}}.
func readFile(path string) ([]Token, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxFile {
		err = errors.New("it is too large")
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the tokens of the API: %w", err)
	}
	tokens, err := parse(path, text)
	if err != nil {
		return nil, fmt.Errorf("read the tokens of the API: %w", err)
	}
	return tokens, nil
}

// Check tells what is wrong with the text of a tokens file.
func Check(text string) error {
	_, err := parse("tokens", []byte(text))
	return err
}

func parse(path string, text []byte) ([]Token, error) {
	v, ok, problems := syntax.ReadValue(path, text)
	if problems.HasErrors() {
		return nil, problems
	}
	m, isMap := v.AsMap()
	if !ok || !isMap {
		return nil, fmt.Errorf("%s must hold one map, from the ids of tokens", path)
	}
	if m.Len() > maxTokens {
		return nil, fmt.Errorf("%s holds more than %d tokens", path, maxTokens)
	}
	var tokens []Token
	var err error
	m.Each(func(k, v value.Value) bool {
		t := Token{ID: nameOf(k)}
		if err = t.read(v); err != nil {
			err = fmt.Errorf("%s: token %s: %w", path, value.PrStr(nil, k), err)
			return false
		}
		for _, other := range tokens {
			if other.ID == t.ID || other.sum == t.sum {
				err = fmt.Errorf("%s: token %s is there twice", path, value.PrStr(nil, k))
			}
		}
		tokens = append(tokens, t)
		return err == nil
	})
	return tokens, err
}

// read takes the map of one token.
func (t *Token) read(v value.Value) error {
	m, ok := v.AsMap()
	switch {
	case !idText.MatchString(t.ID):
		return errors.New("an id has letters, digits and _ . @ -, 64 at most")
	case t.ID == RootID:
		return errors.New("that is the id of WEIR_API_TOKEN")
	case !ok:
		return errors.New("it must be a map")
	}
	var err error
	m.Each(func(k, v value.Value) bool {
		switch nameOf(k) {
		case "sha256":
			err = t.readSum(v)
		case "scopes":
			err = eachName(v, func(name string) error {
				if !slices.Contains(Scopes, Scope(name)) {
					return fmt.Errorf(":scopes are :read :start :decide :operate, not %s", name)
				}
				t.Scopes = append(t.Scopes, Scope(name))
				return nil
			})
		case "flows":
			t.Flows = []string{}
			err = eachName(v, func(name string) error {
				if !slugText.MatchString(name) {
					return fmt.Errorf(":flows are slugs, not %q", name)
				}
				t.Flows = append(t.Flows, name)
				return nil
			})
		default:
			err = fmt.Errorf("a token has :sha256, :scopes and :flows, not %s", value.PrStr(nil, k))
		}
		return err == nil
	})
	switch {
	case err != nil:
		return err
	case t.sum == [32]byte{}:
		return errors.New(`it needs :sha256: "weir token" makes a token and its sum`)
	case len(t.Scopes) == 0:
		return errors.New("it needs :scopes, of :read :start :decide :operate")
	case t.Flows != nil && len(t.Flows) == 0:
		return errors.New(":flows must name a flow; leave it out for all of them")
	}
	return nil
}

func (t *Token) readSum(v value.Value) error {
	text, _ := v.AsString()
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(t.sum) {
		return errors.New(":sha256 must be 64 hexadecimal digits")
	}
	copy(t.sum[:], raw)
	return nil
}

// eachName calls do with each name of a vector or set.
func eachName(v value.Value, do func(name string) error) error {
	switch v.Kind() {
	case value.KindVector, value.KindList, value.KindSet:
	default:
		return fmt.Errorf("it must be a vector, not %s", value.PrStr(nil, v))
	}
	var err error
	value.Each(nil, v, func(item value.Value) bool {
		err = do(nameOf(item))
		return err == nil
	})
	return err
}

// nameOf is the text of a keyword or a string, "" for anything else.
func nameOf(v value.Value) string {
	if kw, ok := v.AsKeyword(); ok {
		return kw.FullName()
	}
	text, _ := v.AsString()
	return text
}
