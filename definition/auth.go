package definition

import (
	"net/netip"
	"regexp"
	"time"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// The types of an Auth.
const (
	AuthNone             = "none"
	AuthAPIKey           = "api-key"
	AuthBearer           = "bearer"
	AuthBasic            = "basic"
	AuthHMAC             = "hmac-sha256"
	AuthSignature        = "signature"
	AuthStandardWebhooks = "standard-webhooks"
	AuthIPAllowlist      = "ip-allowlist"
)

// Auth is how a door knows who may come in. Type "" is only found on an HTTP interface without
// :auth: it takes the token of the runs API. A zero field means its default.
type Auth struct {
	Type            string
	SecretRef       string // the slot of the secret
	PublicKeyRef    string // signature with ecdsa-p256: the slot of the public key
	Header          string // api-key, hmac-sha256
	Location        string // api-key: "header" or "query"
	Param           string // api-key in the query
	Username        string // basic
	Algo            string // signature: "hmac-sha256" or "ecdsa-p256"
	SignatureHeader string
	TimestampHeader string
	SignedMessage   string // "payload" or "timestamp-payload"
	SignatureFormat string // "base64" or "hex"
	SignaturePrefix string
	MaxSkew         time.Duration
	Allow           []netip.Prefix // ip-allowlist
	Data            value.Value    // the map as written
}

// authFields says which fields a type takes, and which of them it must have.
var authFields = map[string]struct{ needs, takes []string }{
	AuthNone:             {},
	AuthAPIKey:           {needs: []string{"secret-ref"}, takes: []string{"header", "location", "param"}},
	AuthBearer:           {needs: []string{"secret-ref"}},
	AuthBasic:            {needs: []string{"username", "secret-ref"}},
	AuthHMAC:             {needs: []string{"header", "secret-ref"}},
	AuthSignature:        {needs: []string{"signature-header"}, takes: []string{"algo", "secret-ref", "public-key-ref", "timestamp-header", "signed-message", "signature-format", "signature-prefix", "timestamp-max-skew-ms"}},
	AuthStandardWebhooks: {needs: []string{"secret-ref"}},
	AuthIPAllowlist:      {needs: []string{"allow"}},
}

var headerToken = regexp.MustCompile("^[a-zA-Z0-9!#$%&'*+.^_`|~-]{1,128}$")

var headerName = schema.Shape{Says: "the name of a header", Is: func(n *syntax.Node) bool {
	return schema.Text.Is(n) && headerToken.MatchString(schema.TextOf(n))
}}

var authTable = schema.Table[Auth]{
	{Name: "type", Required: true, Set: schema.Into(func(a *Auth) *string { return &a.Type }),
		Shape: schema.OneOf(AuthNone, AuthAPIKey, AuthBearer, AuthBasic, AuthHMAC, AuthSignature, AuthStandardWebhooks, AuthIPAllowlist)},
	{Name: "secret-ref", Shape: schema.Name, Set: schema.Into(func(a *Auth) *string { return &a.SecretRef })},
	{Name: "public-key-ref", Shape: schema.Name, Set: schema.Into(func(a *Auth) *string { return &a.PublicKeyRef })},
	{Name: "header", Shape: headerName, Set: schema.Into(func(a *Auth) *string { return &a.Header })},
	{Name: "location", Shape: schema.OneOf("header", "query"), Set: schema.Into(func(a *Auth) *string { return &a.Location })},
	{Name: "param", Shape: schema.Name, Set: schema.Into(func(a *Auth) *string { return &a.Param })},
	{Name: "username", Shape: schema.Text, Set: setUsername},
	{Name: "algo", Shape: schema.OneOf("hmac-sha256", "ecdsa-p256"), Set: schema.Into(func(a *Auth) *string { return &a.Algo })},
	{Name: "signature-header", Shape: headerName, Set: schema.Into(func(a *Auth) *string { return &a.SignatureHeader })},
	{Name: "timestamp-header", Shape: headerName, Set: schema.Into(func(a *Auth) *string { return &a.TimestampHeader })},
	{Name: "signed-message", Shape: schema.OneOf("payload", "timestamp-payload"), Set: schema.Into(func(a *Auth) *string { return &a.SignedMessage })},
	{Name: "signature-format", Shape: schema.OneOf("base64", "hex"), Set: schema.Into(func(a *Auth) *string { return &a.SignatureFormat })},
	{Name: "signature-prefix", Shape: schema.Text, Set: schema.Into(func(a *Auth) *string { return &a.SignaturePrefix })},
	{Name: "timestamp-max-skew-ms", Shape: schema.Positive, Set: func(_ *schema.Report, a *Auth, v *syntax.Node) {
		a.MaxSkew = time.Duration(schema.IntOf(v)) * time.Millisecond
	}},
	{Name: "allow", Shape: schema.Vector, Hint: `write ["203.0.113.7" "198.51.100.0/24"]`, Set: setAllow},
	{Name: "delivery-id-header", Shape: headerName},
}

func setUsername(r *schema.Report, a *Auth, v *syntax.Node) {
	a.Username = schema.TextOf(v)
	for _, c := range a.Username {
		if c == ':' {
			r.Error(v, "bad-username", "", "a :username can't hold a colon")
			return
		}
	}
}

func setAllow(r *schema.Report, a *Auth, v *syntax.Node) {
	if len(v.Items) == 0 {
		r.Error(v, "missing-field", `write ["203.0.113.7" "198.51.100.0/24"]`, ":allow needs an address")
	}
	for _, item := range v.Items {
		text := schema.TextOf(item)
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			var addr netip.Addr
			if addr, err = netip.ParseAddr(text); err == nil {
				prefix = netip.PrefixFrom(addr, addr.BitLen())
			}
		}
		if err != nil || !schema.Text.Is(item) {
			r.Error(item, "bad-address", `write "203.0.113.7" or "198.51.100.0/24"`, ":allow takes addresses and ranges, not %s", schema.Found(item))
			continue
		}
		a.Allow = append(a.Allow, prefix.Masked())
	}
}

// auth reads the :auth of a door.
func (b *builder) auth(n *syntax.Node) Auth {
	var a Auth
	authTable.Read(&b.Report, n, ":auth", &a)
	a.Data = n.Datum()
	fields, ok := authFields[a.Type]
	if !ok {
		return a
	}
	takes := append(append([]string{"type", "delivery-id-header"}, fields.needs...), fields.takes...)
	for _, name := range fields.needs {
		b.authNeeds(n, a.Type, name)
	}
	if a.Type == AuthSignature {
		b.signature(n, &a)
	}
	for _, f := range authTable {
		if v := n.Get(f.Name); v != nil && !contains(takes, f.Name) {
			b.Warn(v, "unused-field", "", ":auth of type :%s takes no :%s", a.Type, f.Name)
		}
	}
	a.SecretRef = b.secretSlot(n.Get("secret-ref"), a.SecretRef)
	a.PublicKeyRef = b.secretSlot(n.Get("public-key-ref"), a.PublicKeyRef)
	return a
}

func (b *builder) authNeeds(n *syntax.Node, typ, name string) {
	if n.Get(name) == nil {
		b.Error(n, "missing-field", "add :"+name, ":auth of type :%s needs :%s", typ, name)
	}
}

func (b *builder) signature(n *syntax.Node, a *Auth) {
	if a.Algo == "ecdsa-p256" {
		b.authNeeds(n, a.Type, "public-key-ref")
	} else {
		b.authNeeds(n, a.Type, "secret-ref")
	}
	if a.SignedMessage == "timestamp-payload" {
		b.authNeeds(n, a.Type, "timestamp-header")
	}
}

// secretSlot resolves a :secret-ref to the slot that it means.
func (b *builder) secretSlot(n *syntax.Node, name string) string {
	if n == nil || name == "" {
		return name
	}
	s := b.slotNamed(name)
	if s == nil {
		hint := "declare it in :requires, as {:slot :" + name + " :type :secret}"
		if near := schema.Nearest(name, b.slotNames()); near != "" {
			hint = "did you mean :" + near + "?"
		}
		b.Error(n, "unknown-slot", hint, "there is no slot %s", schema.Found(n))
		return name
	}
	if s.Type != SlotSecret && s.Type != "" {
		b.Error(n, "wrong-slot-type", "name a slot of type :secret", "slot :%s is of type :%s and holds no secret", s.Slot, s.Type)
	}
	return s.Slot
}

func (b *builder) slotNames() []string {
	var names []string
	for _, s := range b.flow.Requires {
		names = append(names, s.Slot)
	}
	return names
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}
