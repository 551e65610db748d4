package binding

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/weir-run/weir/definition"
)

// Auth types of slots.
const (
	AuthNone   = "none"
	AuthBearer = "bearer"
	AuthAPIKey = "api-key"
	AuthBasic  = "basic"
)

// DefaultKeyHeader is where an API key goes if nobody says so.
const DefaultKeyHeader = "X-API-Key"

// Problem says what a slot lacks.
type Problem struct {
	Slot    string
	Field   string // "token", "base-url", ...
	Message string
}

func (p Problem) Error() string {
	return fmt.Sprintf("slot :%s lacks :%s: %s", p.Slot, p.Field, p.Message)
}

// Endpoint is an :http-api slot as bound: an address, and what to attach to requests there.
type Endpoint struct {
	BaseURL string
	Auth    Credential
}

// Credential is what a request proves itself by.
type Credential struct {
	Type     string // AuthNone, AuthBearer, AuthAPIKey, AuthBasic
	Secret   Secret // the token, the key or the password
	Username string
	Header   string // of an API key; empty if it goes into the query
	Param    string // of an API key in the query
}

// Endpoint resolves an :http-api slot of a flow. Problems are of type Problem; none shows a secret.
func (s *Source) Endpoint(f *definition.Flow, slot string) (Endpoint, error) {
	def, ok := slotOf(f, slot)
	if !ok {
		return Endpoint{}, Problem{Slot: slot, Field: "slot", Message: "the flow doesn't require it"}
	}
	bound, err := s.find(f.Slug, slot)
	if err != nil {
		return Endpoint{}, err
	}
	base := def.BaseURL
	if from, ok := bound["base-url"]; ok {
		if base, err = from.resolve(); err != nil {
			return Endpoint{}, Problem{slot, "base-url", err.Error()}
		}
	}
	if base == "" {
		return Endpoint{}, Problem{slot, "base-url", "neither the bindings nor the flow have one"}
	}
	if err := checkBase(base); err != nil {
		return Endpoint{}, Problem{slot, "base-url", err.Error()}
	}
	auth, err := s.credential(f, def, bound)
	return Endpoint{BaseURL: base, Auth: auth}, err
}

func checkBase(base string) error {
	u, err := url.Parse(base)
	switch {
	case err != nil, u.Host == "", u.Scheme != "http" && u.Scheme != "https":
		return errors.New("it must be an address that begins with https:// or http://")
	case u.User != nil:
		return errors.New("it may not hold a user name or password: bind them as :username and :password")
	case u.Fragment != "":
		return errors.New("it may not hold a #fragment")
	}
	return nil
}

func (s *Source) credential(f *definition.Flow, def definition.Slot, bound entry) (Credential, error) {
	c := Credential{Type: def.Auth.Type}
	var err error
	switch def.Auth.Type {
	case "", AuthNone:
		c.Type = AuthNone
	case AuthBearer:
		c.Secret, err = s.required(f, def, bound, "token")
	case AuthBasic:
		c.Secret, err = s.required(f, def, bound, "password")
		if err == nil {
			c.Username, err = username(def, bound)
		}
	case AuthAPIKey:
		c.Secret, err = s.required(f, def, bound, "api-key")
		c.Header, c.Param = keyPlace(def.Auth, bound)
	default:
		err = Problem{def.Slot, "auth", "unknown type :" + def.Auth.Type}
	}
	if err != nil {
		return Credential{}, err
	}
	return c, nil
}

func username(def definition.Slot, bound entry) (string, error) {
	from, ok := bound["username"]
	if !ok && def.Auth.Username != "" {
		return def.Auth.Username, nil
	}
	if !ok {
		return "", Problem{def.Slot, "username", "its :auth is :basic, and no bindings file gives it"}
	}
	name, err := from.resolve()
	if err != nil {
		return "", Problem{def.Slot, "username", err.Error()}
	}
	return name, nil
}

// keyPlace says where an API key goes: what the installation says counts more than what the flow does.
func keyPlace(auth definition.SlotAuth, bound entry) (header, param string) {
	text := func(field, fallback string) string {
		if from, ok := bound[field]; ok && from.text != "" {
			return from.text
		}
		return fallback
	}
	header = text("header", auth.Header)
	param = text("param", auth.Param)
	if text("location", auth.Location) == "query" && param != "" {
		return "", param
	}
	if header == "" {
		header = DefaultKeyHeader
	}
	return header, ""
}

// required is the secret in the field, in :secret, or in the slot that :secret-ref names.
func (s *Source) required(f *definition.Flow, def definition.Slot, bound entry, field string) (Secret, error) {
	for _, name := range []string{field, "secret"} {
		if from, ok := bound[name]; ok {
			text, err := from.resolve()
			if err != nil {
				return Secret{}, Problem{def.Slot, name, err.Error()}
			}
			return NewSecret(text), nil
		}
	}
	if def.SecretRef != "" && def.SecretRef != def.Slot {
		return s.Secret(f, def.SecretRef)
	}
	return Secret{}, Problem{def.Slot, field, "its :auth is :" + def.Auth.Type + ", and no bindings file gives it"}
}

// secretFields are where a secret may stand, the usual name first.
var secretFields = []string{"secret", "token", "api-key", "password"}

// Secret resolves a slot that stands for one secret. A :secret slot with a :secret-ref refers to the binding of that
// name, which need not be a slot.
func (s *Source) Secret(f *definition.Flow, slot string) (Secret, error) {
	name := secretName(f, slot)
	bound, err := s.find(f.Slug, name)
	if err != nil {
		return Secret{}, err
	}
	for _, field := range secretFields {
		if from, ok := bound[field]; ok {
			text, err := from.resolve()
			if err != nil {
				return Secret{}, Problem{name, field, err.Error()}
			}
			return NewSecret(text), nil
		}
	}
	return Secret{}, Problem{name, "secret", "no bindings file gives it"}
}

// Database resolves a :database slot of a flow: the address of a database, which holds its credential.
func (s *Source) Database(f *definition.Flow, slot string) (Secret, error) {
	def, ok := slotOf(f, slot)
	if !ok || def.Type != definition.SlotDatabase {
		return Secret{}, Problem{Slot: slot, Field: "slot", Message: "the flow requires no :database of that name"}
	}
	bound, err := s.find(f.Slug, slot)
	if err != nil {
		return Secret{}, err
	}
	from, ok := bound["url"]
	if !ok {
		return Secret{}, Problem{slot, "url", "no bindings file gives it, as in {:url #env \"ORDERS_DATABASE\"}"}
	}
	text, err := from.resolve()
	if err != nil {
		return Secret{}, Problem{slot, "url", err.Error()}
	}
	return NewSecret(text), nil
}

// Bound tells whether a slot has all that using it takes.
func (s *Source) Bound(f *definition.Flow, slot string) bool {
	def, ok := slotOf(f, slot)
	return ok && s.check(f, def) == nil
}

// Check lists what the required slots of a flow lack. Optional ones may lack anything.
func (s *Source) Check(f *definition.Flow) []Problem {
	var problems []Problem
	for _, def := range f.Requires {
		if def.Optional {
			continue
		}
		var p Problem
		switch err := s.check(f, def); {
		case err == nil:
		case errors.As(err, &p):
			problems = append(problems, p)
		default:
			problems = append(problems, Problem{def.Slot, "bindings", err.Error()})
		}
	}
	return problems
}

func (s *Source) check(f *definition.Flow, def definition.Slot) error {
	switch def.Type {
	case "http-api", "llm-provider":
		_, err := s.Endpoint(f, def.Slot)
		return err
	case "secret":
		_, err := s.Secret(f, def.Slot)
		return err
	case definition.SlotDatabase:
		_, err := s.Database(f, def.Slot)
		return err
	case "kv-store", "blob-storage":
		return nil // the installation's own
	}
	bound, err := s.find(f.Slug, def.Slot)
	if err == nil && bound == nil {
		err = Problem{def.Slot, "binding", "no bindings file names it"}
	}
	return err
}

func slotOf(f *definition.Flow, name string) (definition.Slot, bool) {
	for _, def := range f.Requires {
		if def.Slot == name {
			return def, true
		}
	}
	return definition.Slot{}, false
}

// Problems joins what a flow lacks into one error, or nil.
func Problems(ps []Problem) error {
	if len(ps) == 0 {
		return nil
	}
	texts := make([]string, len(ps))
	for i, p := range ps {
		texts[i] = p.Error()
	}
	return errors.New(strings.Join(texts, "; "))
}
