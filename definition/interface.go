package definition

import (
	"regexp"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// Interface is a door of a flow.
type Interface struct {
	ID, Label   string
	Description string
	Invocation  string // the ID of one of the flow's Invocations
	Enabled     bool   // true unless the definition says otherwise
	Method      string // http: "post" unless the definition says otherwise
	EventName   string // webhook: the ID unless the definition says otherwise
	Auth        Auth   // webhook, http
	// DeliveryIDHeader names the header by which a webhook's deliveries are told apart, or is "".
	DeliveryIDHeader string
	Rate             Rate // webhook, http
}

// MaxToolName is how many characters the name of an :mcp interface's tool may have: the flow's slug, two underscores, the interface's id.
const MaxToolName = 128

var interfacesTable = schema.Table[parts]{
	part("manual", schema.Vector, "write [{:id :run :label \"Run\"}]"),
	part("http", schema.Vector, "write [{:id :my-endpoint :auth {...}}]"),
	part("webhook", schema.Vector, "write [{:id :my-event :auth {...}}]"),
	part("mcp", schema.Vector, "write [{:id :my-tool}]"),
}

// interfaceFields are the fields of every kind; kindFields those of one kind besides.
var interfaceFields = schema.Table[Interface]{
	{Name: "id", Required: true, Shape: schema.Name, Set: schema.Into(func(i *Interface) *string { return &i.ID })},
	{Name: "label", Shape: schema.Text, Set: schema.Into(func(i *Interface) *string { return &i.Label })},
	{Name: "description", Shape: schema.Text, Set: schema.Into(func(i *Interface) *string { return &i.Description })},
	{Name: "invocation", Shape: schema.Name, Set: schema.Into(func(i *Interface) *string { return &i.Invocation })},
	{Name: "enabled", Shape: schema.Bool, Set: schema.IntoBool(func(i *Interface) *bool { return &i.Enabled })},
}

var kindFields = map[string]schema.Table[Interface]{
	"http": {
		{Name: "method", Shape: schema.OneOf("get", "post", "put", "patch", "delete"), Set: schema.Into(func(i *Interface) *string { return &i.Method })},
		{Name: "auth", Shape: schema.Map, Hint: "write {:type :bearer :secret-ref :my-secret}"},
		rateField,
	},
	"webhook": {
		{Name: "event-name", Shape: eventName, Set: schema.Into(func(i *Interface) *string { return &i.EventName })},
		{Name: "auth", Required: true, Shape: schema.Map,
			Hint: `add :auth {:type :hmac-sha256 :header "X-Signature" :secret-ref :my-secret}, or :auth {:type :none} to let anyone in`},
		{Name: "delivery-id-header", Shape: headerName, Set: schema.Into(func(i *Interface) *string { return &i.DeliveryIDHeader })},
		rateField,
	},
}

var eventText = regexp.MustCompile(`^[a-zA-Z0-9._:~-]{1,128}$`)

// toolText is what an :mcp interface may be called: models see it.
var toolText = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,128}$`)

// eventName stands in the address of a webhook.
var eventName = schema.Shape{Says: "a name of letters, digits and . _ : ~ -", Is: func(n *syntax.Node) bool {
	return schema.Name.Is(n) && eventText.MatchString(schema.TextOf(n))
}}

func (b *builder) interfaces(n *syntax.Node) {
	if n == nil {
		return
	}
	kinds := parts{}
	interfacesTable.Read(&b.Report, n, ":interfaces", &kinds)
	for _, f := range interfacesTable {
		schema.Entries(&b.Report, kinds[f.Name], "an entry of :"+f.Name, func(entry *syntax.Node) {
			b.door(f.Name, entry)
		})
	}
}

// door reads one interface and opens it.
func (b *builder) door(kind string, entry *syntax.Node) {
	i := Interface{Enabled: true}
	if kind == "http" {
		i.Method = "post"
	}
	what := "a :" + kind + " interface"
	fields := append(append(schema.Table[Interface]{}, interfaceFields...), kindFields[kind]...)
	fields.Read(&b.Report, entry, what, &i)
	if auth := entry.Get("auth"); auth != nil && auth.Kind == syntax.Map && kindFields[kind] != nil {
		i.Auth = b.auth(auth)
		if d := auth.Get("delivery-id-header"); d != nil && i.DeliveryIDHeader == "" {
			i.DeliveryIDHeader = schema.TextOf(d)
		}
	}
	at := firstNode(entry.Get("id"), entry)
	b.open(kind, entry, at, i)
}

// open gives a flow its door, checking what concerns all doors.
func (b *builder) open(kind string, entry, at *syntax.Node, i Interface) {
	if i.ID == "" || !b.unique(b.interfaceAt, at, i.ID, "interface") {
		return
	}
	i.Invocation = b.invocationOf(firstNode(entry.Get("invocation"), at), i.Invocation)
	switch {
	case kind == "webhook" && i.EventName == "":
		i.EventName = i.ID
		if !eventText.MatchString(i.ID) {
			b.Error(at, "bad-id", `add :event-name "my.event"`, "this :id can't stand in the webhook's address")
		}
	case kind == "mcp" && !toolText.MatchString(i.ID):
		b.Error(at, "bad-id", "use letters, digits, - and _", "this :id can't be the name of a tool")
	case kind == "mcp" && len(b.flow.Slug)+len("__")+len(i.ID) > MaxToolName:
		b.Error(at, "out-of-range", "shorten it", "the tool's name, the slug and this :id, has more than %d characters", MaxToolName)
	}
	if i.Auth.Type == AuthNone {
		b.Warn(firstNode(entry.Get("auth").Get("type"), at), "open-door", "use :hmac-sha256, :bearer, :basic or :api-key", "with :auth {:type :none} anyone can start this flow")
	}
	b.attach(kind, entry, i)
}

func (b *builder) attach(kind string, entry *syntax.Node, i Interface) {
	if kind == "mcp" {
		b.flow.MCP = append(b.flow.MCP, &i)
		return
	}
	door := map[string]**Interface{"manual": &b.flow.Manual, "http": &b.flow.HTTP, "webhook": &b.flow.Webhook}[kind]
	if *door != nil {
		b.Error(entry, "too-many", "keep one of them", "a flow has at most one :%s interface", kind)
		return
	}
	*door = &i
}

// invocationOf checks the name of an invocation, or finds the one that is meant by none.
func (b *builder) invocationOf(at *syntax.Node, name string) string {
	i, ok := b.flow.invocation(name)
	switch {
	case ok:
		return i.ID
	case name == "":
		b.Error(at, "missing-field", "add :invocation", "there are several invocations, and none is called :default: this must name one")
		return ""
	}
	var names []string
	for id := range b.flow.Invocations {
		names = append(names, id)
	}
	hint := "declare it in :invocations"
	if near := schema.Nearest(name, sorted(names)); near != "" {
		hint = "did you mean :" + near + "?"
	}
	b.Error(at, "unknown-invocation", hint, "there is no invocation :%s", name)
	return name
}
