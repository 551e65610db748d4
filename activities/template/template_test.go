package template_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/template"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

func edn(t testing.TB, text string) value.Value {
	t.Helper()
	v, ok, problems := syntax.ReadValue("test", []byte(text))
	require.NoError(t, problems.Err())
	require.True(t, ok)
	return v
}

func render(t *testing.T, source, data string) string {
	t.Helper()
	tpl, err := template.Compile(source)
	require.NoError(t, err, source)
	out, err := tpl.Render(edn(t, data), template.Text)
	require.NoError(t, err, source)
	return out
}

func TestRender(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ source, data, want string }{
		// names
		{"Approve order {{order-id}}", `{:order-id "o-1"}`, "Approve order o-1"},
		{"{{a}}", `{"a" 1}`, "1"},
		{"{{a}}", `{:a 1 "a" 2}`, "1"},
		{"{{a.b.c}} {{ a/b/c }}", `{:a {:b {:c :x/y}}}`, "x/y x/y"},
		{"{{items.1.sku}}{{items.7.sku}}", `{:items [{:sku "a"} {:sku "b"}]}`, "b"},
		{"{{items.length}} {{name.length}} {{m.length}}", `{:items [1 2] :name "größe" :m {:length 9}}`, "2 5 9"},
		{"{{needs-approval?}} {{ok!}} {{größe}} {{a_b}} {{a1}}", `{:needs-approval? true :ok! 1 :größe 2 :a_b 3 :a1 4}`, "true 1 2 3 4"},
		{"{{this}} {{.}}", `"x"`, "x x"},
		{"{{this.a}} {{./a}} {{[odd name]}} {{a.[b c]}}", `{:a {"b c" 1} "odd name" 2}`, `{"b c":1} {"b c":1} 2 1`},
		{"{{missing}}{{a.b.c}}{{a.missing}}|", `{:a 1}`, "|"},
		{"{{x}}", `{:x nil}`, ""},
		{"{{{a}}} {{&a}}", `{:a "<b>&\"'"}`, `<b>&"' <b>&"'`},
		// values
		{"{{a}} {{b}} {{c}} {{d}} {{e}}", `{:a 1.5 :b 10N :c \x :d 1.50M :e #uuid "00000000-0000-0000-0000-000000000001"}`, "1.5 10 x 1.50 00000000-0000-0000-0000-000000000001"},
		{"a: {{a}}", `{:a {:k [1 :x "s" nil]}}`, `a: {"k":[1,"x","s",null]}`},
		{"{{t}}", `{:t #inst "2026-01-02T03:04:05Z"}`, "2026-01-02T03:04:05Z"},
		// literals and comments
		{`{{"text"}} {{'it'}} {{12}} {{-1.5}} {{true}} {{nil}}{{null}}`, `{}`, "text it 12 -1.5 true "},
		{"a{{! note }}b{{!-- with }} inside --}}c", `{}`, "abc"},
		{`\{{a}} {{a}}`, `{:a 1}`, "{{a}} 1"},
		{"a {{~b~}} c", `{:b 1}`, "a1c"},
		{"a }} {b} { {", `{}`, "a }} {b} { {"},
		// if, unless
		{"{{#if a}}yes{{else}}no{{/if}}", `{:a 1}`, "yes"},
		{"{{#if a}}yes{{^}}no{{/if}}", `{:a false}`, "no"},
		{"{{#if a}}1{{/if}}{{#if b}}2{{/if}}{{#if c}}3{{/if}}{{#if d}}4{{/if}}{{#if e}}5{{/if}}{{#if f}}6{{/if}}", `{:a 0 :b "" :c [] :d {} :e "x" :f 0.0}`, "45"},
		{"{{#if a}}A{{else if b}}B{{else if c}}C{{else}}D{{/if}}", `{:c true}`, "C"},
		{"{{#if a}}A{{else if b}}B{{else}}D{{/if}}", `{}`, "D"},
		{"{{#if a}}A{{else if b}}B{{/if}}", `{:b 1}`, "B"},
		{"{{#unless a}}no{{else}}yes{{/unless}}", `{}`, "no"},
		{"{{#if (length items)}}some{{/if}}", `{:items [1]}`, "some"},
		// each
		{"{{#each items}}{{@index}}={{this}}{{#unless @last}}, {{/unless}}{{/each}}", `{:items ["a" "b"]}`, "0=a, 1=b"},
		{"{{#each items}}{{#if @first}}>{{/if}}{{name}}{{../sep}}{{/each}}", `{:items [{:name "a"} {:name "b"}] :sep ";"}`, ">a;b;"},
		{"{{#each m}}{{@key}}={{this}} {{/each}}", `{:m {:b 1 "a" 2}}`, "b=1 a=2 "},
		{"{{#each items}}x{{else}}none{{/each}}", `{:items []}`, "none"},
		{"{{#each items}}x{{else}}none{{/each}}", `{}`, "none"},
		{"{{#each items as |it i|}}{{i}}{{it.a}}{{#each it.l as |x|}}({{x}}{{it.a}}){{/each}}{{/each}}", `{:items [{:a "A" :l [1 2]}]}`, "0A(1A)(2A)"},
		{"{{#each a}}{{#each this}}{{this}}{{@../index}}{{/each}}{{/each}}", `{:a [[1]]}`, ""},
		{"{{#each s}}{{this}}{{/each}}{{#each l}}{{this}}{{/each}}", `{:s #{1} :l (2 3)}`, "123"},
		{"{{#each items}}{{@root.x}}{{/each}}", `{:items [1 2] :x "r"}`, "rr"},
		// with
		{"{{#with a}}{{b}}{{../c}}{{/with}}", `{:a {:b 1} :c 2}`, "12"},
		{"{{#with a}}x{{else}}none{{/with}}", `{}`, "none"},
		{"{{#with a as |x|}}{{x.b}}{{/with}}", `{:a {:b 1}}`, "1"},
		// helpers
		{"{{truncate a 5}} {{truncate a 99}} {{truncate a 5 \"…\"}} {{truncate a 2}}", `{:a "abcdefgh"}`, "ab... abcdefgh abcd… ab"},
		{"{{json a}} {{json b}}", `{:a "x" :b {:k :v}}`, `"x" {"k":"v"}`},
		{"{{length a}}{{length b}}{{length c}}{{length d}}", `{:a [1 2] :b "abc" :c {:x 1}}`, "2310"},
		{"{{join a}} {{join a \"-\"}} {{join (items m) \"/\"}} {{join none}}|", `{:a [1 :b "c"] :m {:k 1}}`, `1, b, c 1-b-c {"key":"k","value":1} |`},
		{"{{#each (items m)}}{{key}}:{{value}};{{/each}}", `{:m {:a 1 "b" 2}}`, "a:1;b:2;"},
		{"{{first a}}{{last a}}{{first s}}{{last s}}{{first e}}", `{:a [1 2 3] :s "xyz" :e []}`, "13xz"},
		{"{{first a 2}} {{last a 2}} {{last s 2}}", `{:a [1 2 3] :s "xyz"}`, "[1,2] [2,3] yz"},
		{`{{default a "none"}} {{default b "none"}} {{default c "none"}} {{default d "none"}}`, `{:a nil :b "" :c 0 :d false}`, "none none 0 false"},
		{"{{first}} {{json}}", `{:first "a name" :json 1}`, "a name 1"},
		{`{{truncate (join a ", ") 4}}`, `{:a ["abc" "def"]}`, "a..."},
		// values are never rendered twice
		{"{{a}}", `{:a "{{b}}" :b "secret"}`, "{{b}}"},
		{"{{#each l}}{{this}}{{/each}}", `{:l ["{{x}}" "{{#if}}"]}`, "{{x}}{{#if}}"},
		// lines
		{"a\n{{#if x}}\nb\n{{/if}}\nc\n", `{:x 1}`, "a\nb\nc\n"},
		{"a\n  {{#each l}}  \r\n- {{this}}\n  {{/each}}\nc", `{:l [1 2]}`, "a\n- 1\n- 2\nc"},
		{"{{#if x}}\nb\n{{else}}\nc\n{{/if}}", `{}`, "c\n"},
		{"{{! alone }}\nb", `{}`, "b"},
		{"{{x}}\nb", `{}`, "\nb"},
		{"a {{#if x}}\nb{{/if}}", `{:x 1}`, "a \nb"},
		{"Approve: {{approval-url}}\nReject: {{rejection-url}}", `{:approval-url "https://a?x=1&y=2" :rejection-url "r"}`, "Approve: https://a?x=1&y=2\nReject: r"},
		{"", `{}`, ""},
	} {
		if strings.Contains(c.source, "@../") {
			_, err := template.Compile(c.source)
			require.Error(t, err)
			continue
		}
		require.Equal(t, c.want, render(t, c.source, c.data), c.source)
	}
}

func TestAMapsLookupFallsThroughItsEnvelope(t *testing.T) {
	t.Parallel()
	m, _ := edn(t, `{:status 200 :body {:level "high"}}`).AsMap()
	tpl, err := template.Compile("{{r.level}} {{r.status}}")
	require.NoError(t, err)
	out, err := tpl.Render(value.NewMap(value.Kw("r"), value.Of(m.Envelope())), template.Text)
	require.NoError(t, err)
	require.Equal(t, "high 200", out)
}

func TestExactlyOneTagKeepsTheType(t *testing.T) {
	t.Parallel()
	data := edn(t, `{:n 1 :m {:a :b} :l [1 2] :k :kw :f false :nothing nil :items [3 4]}`)
	for source, want := range map[string]string{
		"{{n}}": "1", "{{m}}": "{:a :b}", "{{ l }}": "[1 2]", "{{k}}": ":kw", "{{f}}": "false", "{{{m.a}}}": ":b", "{{nothing}}": "nil",
		"{{missing}}": `""`, "{{default missing 0}}": "0", "{{length items}}": "2", "{{items.0}}": "3", "{{~n~}}": "1",
		" {{n}}": `" 1"`, "{{n}}{{n}}": `"11"`, "{{#if n}}{{n}}{{/if}}": `"1"`, "text": `"text"`, "{{n}}\n": `"1\n"`, "{{!c}}{{n}}": `"1"`,
	} {
		tpl, err := template.Compile(source)
		require.NoError(t, err)
		v, err := tpl.Value(data)
		require.NoError(t, err)
		require.Equal(t, want, value.PrStr(nil, v), source)
	}
}

func TestContexts(t *testing.T) {
	t.Parallel()
	in := func(ctx template.Context, source, data string) (string, error) {
		tpl, err := template.Compile(source)
		require.NoError(t, err)
		return tpl.Render(edn(t, data), ctx)
	}
	out, err := in(template.Path, "/orders/{{id}}/risk", `{:id "a/b?c#d%2F ü\\"}`)
	require.NoError(t, err)
	require.Equal(t, "/orders/a%2Fb%3Fc%23d%252F%20%C3%BC%5C/risk", out)
	out, err = in(template.Path, "/{{#each l}}{{this}}/{{/each}}", `{:l ["a b" "-._~"]}`)
	require.NoError(t, err)
	require.Equal(t, "/a%20b/-._~/", out)
	for _, id := range []string{".", ".."} {
		_, err = in(template.Path, "/orders/{{id}}", `{:id "`+id+`"}`)
		require.ErrorContains(t, err, "template 1:11")
	}
	out, err = in(template.Header, "Bearer {{x}}", `{:x "a b\tc"}`)
	require.NoError(t, err)
	require.Equal(t, "Bearer a b\tc", out)
	for _, bad := range []string{`"a\r\nX: 1"`, `"a\n"`, `"\r"`} {
		_, err = in(template.Header, "{{x}}", `{:x `+bad+`}`)
		require.ErrorContains(t, err, "line break", bad)
	}
}

func TestErrorsSayWhere(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"{{a":                              "template 1:1: this tag is never closed: }} is missing",
		"ü\n{{a}} {{b":                     "template 2:7: this tag is never closed",
		"{{{a}}":                           "}}} is missing",
		"{{!-- a }}":                       "--}} is missing",
		"{{}}":                             "an empty tag",
		"{{ }}":                            "an empty tag",
		"{{#if a}}x":                       "template 1:4: this block is never closed: {{/if}} is missing",
		"{{#if a}}{{/each}}":               "template 1:12: expected {{/if}}, not {{/each}}",
		"{{/if}}":                          "template 1:3: {{/if}} closes a block that isn't open",
		"{{else}}":                         "outside of a block",
		"{{#if a}}{{else}}{{else}}{{/if}}": "a second {{else}}",
		"{{#if a}}{{else b}}{{/if}}":       "expected {{else}} or {{else if ...}}",
		"{{#if}}{{/if}}":                   "#if needs a value",
		"{{#list a}}{{/list}}":             "unknown block #list",
		"{{> partial}}":                    "not available",
		"{{shout a}}":                      "template 1:3: unknown helper shout: there are truncate",
		"{{truncate a}}":                   "truncate takes 2 to 3 arguments, not 1",
		"{{json a b}}":                     "json takes 1 argument, not 2",
		"{{json (length a}}":               "this ( is never closed",
		`{{join a "x}}`:                    "never closed",
		"{{a..b}}":                         "unexpected '.'",
		"{{a.}}":                           "a name is missing",
		"{{@nope}}":                        "unknown name @nope",
		"{{json b=1}}":                     "named arguments",
		"{{a|b}}":                          "unknown helper a",
		"{{#each a as |x}}{{/each}}":       "block parameters",
		"{{#each a as ||}}{{/each}}":       "block parameters",
		"{{#each a as |x y z|}}{{/each}}":  "block parameters",
		"{{1.2.3}}":                        "1.2.3 is not a number",
		"{{a.[b}}":                         "this [ is never closed",
	} {
		_, err := template.Compile(source)
		var e *template.Error
		require.ErrorAs(t, err, &e, source)
		require.ErrorContains(t, err, want, source)
	}
}

func TestErrorsWhileRendering(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"ab {{join n}}":     "template 1:6: join: expected a sequence, found integer",
		"{{length n}}":      "length: ",
		"{{truncate s -1}}": "truncate: the length must be an integer",
		"{{first s -1}}":    "first: the number",
		"{{truncate s s}}":  "truncate: the length",
	} {
		tpl, err := template.Compile(source)
		require.NoError(t, err)
		_, err = tpl.Render(edn(t, `{:n 5 :s "x"}`), template.Text)
		require.ErrorContains(t, err, want)
	}
	tpl, err := template.Compile("{{f}}")
	require.NoError(t, err)
	_, err = tpl.Render(value.NewMap(value.Kw("f"), value.Of(&value.Builtin{Name: "f"})), template.Text)
	require.ErrorContains(t, err, "no text: function")
}

func TestBounds(t *testing.T) {
	t.Parallel()
	nested := func(n int) string { return strings.Repeat("{{#if a}}", n) + strings.Repeat("{{/if}}", n) }
	_, err := template.Compile(nested(template.MaxDepth))
	require.NoError(t, err)
	_, err = template.Compile(nested(template.MaxDepth + 1))
	require.ErrorContains(t, err, "deep")
	_, err = template.Compile("{{#if a}}" + strings.Repeat("{{else if a}}", template.MaxDepth+1) + "{{/if}}")
	require.ErrorContains(t, err, "deep")
	parens := func(n int) string {
		return "{{json " + strings.Repeat("(json ", n) + "a" + strings.Repeat(")", n) + "}}"
	}
	_, err = template.Compile(parens(template.MaxDepth))
	require.NoError(t, err)
	_, err = template.Compile(parens(template.MaxDepth + 1))
	require.ErrorContains(t, err, "deep")

	_, err = template.Compile(strings.Repeat("x", template.MaxBytes))
	require.NoError(t, err)
	_, err = template.Compile(strings.Repeat("x", template.MaxBytes+1))
	require.ErrorContains(t, err, "at most")

	big := value.NewMap(value.Kw("s"), value.String(strings.Repeat("x", template.MaxOutput/4)))
	tpl, err := template.Compile("{{s}}{{s}}{{s}}{{s}}")
	require.NoError(t, err)
	out, err := tpl.Render(big, template.Text)
	require.NoError(t, err)
	require.Len(t, out, template.MaxOutput)
	tpl, err = template.Compile("{{s}}{{s}}{{s}}{{s}}.")
	require.NoError(t, err)
	_, err = tpl.Render(big, template.Text)
	require.ErrorContains(t, err, "grows past")

	items := make([]value.Value, 1001)
	tpl, err = template.Compile("{{#each l}}{{#each ../l}}{{/each}}{{/each}}")
	require.NoError(t, err)
	_, err = tpl.Render(value.NewMap(value.Kw("l"), value.VectorFrom(items)), template.Text)
	require.ErrorContains(t, err, "turns")
}

func TestAllRendersEveryString(t *testing.T) {
	t.Parallel()
	v, err := template.All(edn(t, `{:to [{:email "{{to}}"}] :n 5 "{{k}}" ("a {{n}}" #{"{{n}}"}) :raw "{{v}}"}`), edn(t, `{:to "x@y" :n 7 :v "{{to}}"}`))
	require.NoError(t, err)
	require.Equal(t, `{:to [{:email "x@y"}], :n 5, "{{k}}" ["a 7" #{7}], :raw "{{to}}"}`, value.PrStr(nil, v))
	_, err = template.All(edn(t, `{:a ["ok" "{{"]}`), value.Nil)
	var e *template.Error
	require.True(t, errors.As(err, &e))
}

func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{
		"{{a}}", "{{#if a}}x{{else if b}}y{{else}}z{{/if}}", "{{#each l as |x i|}}{{x}}{{../a}}{{/each}}", "\\{{a}}", "{{!-- --}}", "{{~a~}}",
		"{{truncate (join l \"}}\") 3}}", "{{a.[b c].0}}", "{{#with m}}\n{{@root.a}}\n{{/with}}\n", "{{{a}}}", "{{..}}", "{{../..}}", "{{.}}", "{{@index}}", "{{this.a}}",
	} {
		f.Add(seed)
	}
	data := edn(f, `{:a "{{b}}" :b 1 :l [1 [2] {:x 3}] :m {:k nil "b c" [0]} :z 0.5}`)
	f.Fuzz(func(t *testing.T, source string) {
		tpl, err := template.Compile(source)
		if err != nil {
			var e *template.Error
			require.True(t, errors.As(err, &e))
			require.Positive(t, e.Line)
			require.Positive(t, e.Col)
			return
		}
		text, err := tpl.Render(data, template.Text)
		if template.Literal(source) {
			require.NoError(t, err)
			require.Equal(t, source, text)
		}
		if v, err := tpl.Value(data); err == nil {
			if s, ok := v.AsString(); ok && tplRenders(text, s) {
				require.Equal(t, text, s)
			}
		}
		path, err := tpl.Render(value.NewMap(value.Kw("a"), value.String("../x?y#z\\")), template.Path)
		if err == nil && !strings.ContainsAny(source, "/?#\\.") {
			require.NotContains(t, path, "/")
			require.NotContains(t, path, "?")
		}
	})
}

// tplRenders leaves out what differs on purpose: a single tag's text is the value's own.
func tplRenders(rendered, single string) bool { return rendered != "" && single != "" }
