package definition

import (
	"regexp"

	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Flow is a definition that passed every check.
type Flow struct {
	Slug        string
	Name        string // the slug, if none is given
	Description string
	Tags        []string
	File        string // as Load or Parse was told

	Concurrency Concurrency
	Requires    []Slot
	Forms       []Form
	Templates   map[string]*Template
	Functions   map[string]*Function
	Packaged    []*body.Packaged // in the order of the text
	Invocations map[string]*Invocation
	Manual      *Interface // nil where the flow has none of its kind
	HTTP        *Interface
	Webhook     *Interface
	MCP         []*Interface
	Schedules   []Schedule

	Body    *syntax.Node         // the form that was quoted, its packaged steps unpacked
	Program *interpreter.Program // Body, compiled
	Steps   []StepSite           // in the order of the text

	// Extra holds the fields that Weir doesn't know, as a map.
	Extra value.Value
	// Text is the definition, includes resolved: Parse(File, Text) gives the same Flow.
	Text []byte
	// Digest is the hexadecimal SHA-256 of Text.
	Digest string

	quote  *syntax.Node // the symbol, or the ', before Body
	origin *origin      // of the positions in Text, where they aren't those of File
}

// BodySource is the text of the body, metadata included, and where it begins in Text: reading it
// there and unpacking it gives Body again.
func (f *Flow) BodySource() (text []byte, at value.Pos) {
	return f.Text[f.quote.Stop:f.Body.Stop], f.quote.End
}

// Source is the text of a form of the definition.
func (f *Flow) Source(n *syntax.Node) string { return string(f.Text[n.Start:n.Stop]) }

// StepSite is a step as the text declares it.
type StepSite struct {
	Type, ID string // without colons; "" where they are computed
	Pos      value.Pos
	Repeats  bool // it stands in a loop or a function
}

// topLevel is what a definition may hold, in the order of its checks.
var topLevel = schema.Table[parts]{
	part("slug", schema.Keyword, "add :slug :my-flow"),
	part("name", schema.Text, ""),
	part("description", schema.Text, ""),
	part("tags", schema.VectorOf(schema.Name, "a vector of keywords or texts"), ""),
	part("concurrency", schema.Map, "add :concurrency {:type :singleton :on-new-version :drain}"),
	part("requires", schema.Vector, "write [{:slot :my-api :type :http-api}]"),
	part("templates", schema.Vector, "write [{:id :my-template :type :http-request :request {...}}]"),
	part("functions", schema.Vector, `write [{:id :my-function :language :clojure :code "(fn [input] ...)"}]`),
	part("steps", schema.Vector, "write [{:id :my/step :type :http :defaults {...}}]"),
	part("invocations", schema.Map, "write {:default {:inputs [...]}}"),
	part("interfaces", schema.Map, "write {:manual [{:id :run}]}"),
	part("schedules", schema.Vector, `write [{:id :hourly :cron "0 * * * *"}]`),
	part("triggers", schema.Vector, "write [{:type :manual}]"),
	part("flow", quoted, "quote the body: :flow '(let [...] ...)"),
}

// required are the fields that no definition can do without.
var required = map[string]bool{"slug": true, "concurrency": true, "flow": true}

// parts are the values of the top-level fields that have the right shape, by name.
type parts map[string]*syntax.Node

func part(name string, shape schema.Shape, hint string) schema.Field[parts] {
	return schema.Field[parts]{
		Name: name, Required: required[name], Shape: shape, Hint: hint,
		Set: func(_ *schema.Report, into *parts, v *syntax.Node) { (*into)[name] = v },
	}
}

var quoted = schema.Shape{Says: "a quoted form", Is: func(n *syntax.Node) bool {
	return len(n.Items) == 2 && n.Head().IsSymbol("quote")
}}

var slugText = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_-]{0,127}$`)

// IsSlug tells whether a flow could have that slug.
func IsSlug(text string) bool { return slugText.MatchString(text) }

func (b *builder) slug(n *syntax.Node) {
	if n == nil {
		return
	}
	b.flow.Slug = n.Name()
	if !slugText.MatchString(b.flow.Slug) {
		b.Error(n, "bad-slug", "begin with a letter, then letters, digits, - and _, at most 128", "a slug can't be %s", schema.Found(n))
	}
}

func (b *builder) tags(n *syntax.Node) {
	if n == nil {
		return
	}
	for _, item := range n.Items {
		b.flow.Tags = append(b.flow.Tags, schema.TextOf(item))
	}
}

// extra keeps the entries of the definition under keys that Weir doesn't know.
func (b *builder) extra(unknown []*syntax.Node) {
	var kvs []value.Value
	for i := 0; i+1 < len(b.root.Items); i += 2 {
		for _, key := range unknown {
			if key == b.root.Items[i] {
				kvs = append(kvs, key.Datum(), b.root.Items[i+1].Datum())
			}
		}
	}
	b.flow.Extra = value.NewMap(kvs...)
}
