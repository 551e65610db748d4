package definition

import (
	"net/url"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// The types of a Slot.
const (
	SlotHTTP     = "http-api"
	SlotSecret   = "secret"
	SlotDatabase = "database"
	SlotBlobs    = "blob-storage"
	SlotKV       = "kv-store"
	SlotLLM      = "llm-provider"
	SlotSSH      = "ssh"
)

// Slot is a dependency by name, which a binding gives its value on an installation.
type Slot struct {
	Slot, Type, Label string
	Optional          bool
	BaseURL           string
	Auth              SlotAuth
	SecretRef         string // of a :secret slot: the slot itself unless the definition says otherwise
}

// SlotAuth is how requests to a slot carry its credential. Type "" and "none" need none.
type SlotAuth struct {
	Type     string // "", "none", "bearer", "api-key", "basic"
	Header   string // api-key: the header, "" for the binding's or the default one
	Location string // api-key: "header" or "query"
	Param    string // api-key in the query
	Username string // basic, if the definition names it
}

// Form is a set of fields that whoever sets the flow up fills in; they arrive under :activation.
type Form struct {
	Label  string
	Fields []Input
}

var slotTable = schema.Table[Slot]{
	{Name: "slot", Required: true, Shape: schema.Keyword, Set: schema.Into(func(s *Slot) *string { return &s.Slot })},
	{Name: "type", Required: true, Shape: schema.OneOf(SlotHTTP, SlotSecret, SlotDatabase, SlotBlobs, SlotKV, SlotLLM, SlotSSH),
		Set: schema.Into(func(s *Slot) *string { return &s.Type })},
	{Name: "label", Shape: schema.Text, Set: schema.Into(func(s *Slot) *string { return &s.Label })},
	{Name: "optional", Shape: schema.Bool, Set: schema.IntoBool(func(s *Slot) *bool { return &s.Optional })},
	{Name: "base-url", Shape: schema.Text, Hint: `write "https://api.example.com"`, Set: setBaseURL},
	{Name: "auth", Shape: schema.Map, Hint: "write {:type :bearer}", Set: func(r *schema.Report, s *Slot, v *syntax.Node) {
		slotAuthTable.Read(r, v, "a slot's :auth", &s.Auth)
	}},
	{Name: "secret-ref", Shape: schema.Name, Set: schema.Into(func(s *Slot) *string { return &s.SecretRef })},
}

var slotAuthTable = schema.Table[SlotAuth]{
	{Name: "type", Required: true, Shape: schema.OneOf("none", "bearer", "api-key", "basic"),
		Set: schema.Into(func(a *SlotAuth) *string { return &a.Type })},
	{Name: "header", Shape: headerName, Set: schema.Into(func(a *SlotAuth) *string { return &a.Header })},
	{Name: "location", Shape: schema.OneOf("header", "query"), Set: schema.Into(func(a *SlotAuth) *string { return &a.Location })},
	{Name: "param", Shape: schema.Name, Set: schema.Into(func(a *SlotAuth) *string { return &a.Param })},
	{Name: "username", Shape: schema.Text, Set: schema.Into(func(a *SlotAuth) *string { return &a.Username })},
}

var formTable = schema.Table[Form]{
	{Name: "kind", Shape: schema.OneOf("form")},
	{Name: "label", Shape: schema.Text, Set: schema.Into(func(f *Form) *string { return &f.Label })},
	{Name: "fields", Required: true, Shape: schema.Vector},
}

func setBaseURL(r *schema.Report, s *Slot, v *syntax.Node) {
	s.BaseURL = schema.TextOf(v)
	u, err := url.Parse(s.BaseURL)
	switch {
	case err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https"):
		r.Error(v, "bad-url", `write "https://api.example.com"`, "a :base-url must be an http or https address, not %s", schema.Found(v))
	case u.User != nil:
		r.Error(v, "bad-url", "bind the credential to the slot", "a :base-url can't hold a credential")
	case u.RawQuery != "" || u.Fragment != "":
		r.Error(v, "bad-url", "give the query on the step", "a :base-url can't hold a query or a fragment")
	}
}

func (b *builder) requires(n *syntax.Node) {
	schema.Entries(&b.Report, n, "an entry of :requires", func(entry *syntax.Node) {
		if entry.Get("kind") != nil {
			b.form(entry)
			return
		}
		var s Slot
		slotTable.Read(&b.Report, entry, "a slot", &s)
		at := entry.Get("slot")
		if s.Slot == "" || !b.unique(b.slotAt, at, s.Slot, "slot") {
			return
		}
		b.slotFacts(entry, &s)
		b.flow.Requires = append(b.flow.Requires, s)
	})
}

// slotFacts checks what depends on a slot's type, and fills in what follows from it.
func (b *builder) slotFacts(entry *syntax.Node, s *Slot) {
	unused := func(field string) {
		if v := entry.Get(field); v != nil {
			b.Warn(v, "unused-field", "", ":%s has no meaning for a slot of type :%s", field, s.Type)
		}
	}
	if s.Type == SlotSecret {
		if s.SecretRef == "" {
			s.SecretRef = s.Slot
		}
		unused("base-url")
		unused("auth")
	}
}

func (b *builder) form(entry *syntax.Node) {
	var f Form
	formTable.Read(&b.Report, entry, "a form", &f)
	f.Fields = b.inputs(entry.Get("fields"), "a form's field")
	b.flow.Forms = append(b.flow.Forms, f)
}

// slotNamed finds a slot by its own name or by its :secret-ref.
func (b *builder) slotNamed(name string) *Slot {
	for i := range b.flow.Requires {
		if s := &b.flow.Requires[i]; s.Slot == name {
			return s
		}
	}
	for i := range b.flow.Requires {
		if s := &b.flow.Requires[i]; s.SecretRef == name {
			return s
		}
	}
	return nil
}
