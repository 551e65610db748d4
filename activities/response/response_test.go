package response_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/response"
	"github.com/weir-run/weir/interpreter/value"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ format, contentType, body, edn string }{
		{"auto", "application/json", `{"risk-level":"high","orderId":1,"a b":2}`, `{:risk-level "high", :orderId 1, "a b" 2}`},
		{"auto", "application/problem+json; charset=utf-8", `[1,2.5,null]`, `[1 2.5 nil]`},
		{"auto", "application/json", "\xef\xbb\xbf{}", `{}`},
		{"auto", "application/edn", `{:risk-level :high :s #{1}}`, `{:risk-level :high, :s #{1}}`},
		{"auto", "application/x-ndjson", "{\"a\":1}\n\n[2]\n", `[{:a 1} [2]]`},
		{"auto", "text/plain", "hi {", `"hi {"`},
		{"auto", "text/html; charset=iso-8859-1", "gr\xfc\xdf", `"grüß"`},
		{"auto", "application/octet-stream", "\x00\xff", `"AP8="`},
		{"auto", "image/png", "x", `"eA=="`},
		{"auto", "", `{"a":1}`, `{:a 1}`},
		{"auto", "", `{a:1}`, `"{a:1}"`},
		{"auto", "", "\xff", `"/w=="`},
		{"auto", "application/yaml", "a: 1\nb: [x, 2.0, true, ~, 0x10]\n", `{:a 1, :b ["x" 2.0 true nil 16]}`},
		{"yaml", "", "base: &b {x: 1}\nuse: *b\n1: one\nday: 2026-01-02\n", `{:base {:x 1}, :use {:x 1}, :1 "one", :day "2026-01-02"}`},
		{"yaml", "", "# nothing", `nil`},
		{"auto", "application/xml", `<?xml version="1.0"?><order id="7" xmlns="urn:x"> <item>a &amp; b</item> tail <empty/></order>`,
			`{:tag :order, :attrs {:id "7"}, :content [{:tag :item, :attrs {}, :content ["a & b"]} " tail " {:tag :empty, :attrs {}, :content []}]}`},
		{"auto", "text/event-stream", ": hello\nevent: add\ndata: {\"a\":1}\ndata: more\nid: 7\n\ndata:x\r\n\r\nretry: 5\n\n",
			`[{:event "add", :data "{\"a\":1}\nmore", :id "7"} {:event "message", :data "x", :id "7"}]`},
		{"json", "text/plain", `"x"`, `"x"`},
		{"edn", "application/json", ` ; only a comment`, `nil`},
		{"text", "application/json", `{}`, `"{}"`},
		{"bytes", "text/plain", `hi`, `"aGk="`},
		{"json", "application/json", ``, `nil`},
		{"xml", "", ``, `nil`},
	} {
		v, err := response.Decode(c.format, c.contentType, []byte(c.body))
		require.NoError(t, err, c.body)
		require.Equal(t, c.edn, value.PrStr(nil, v), "%s %s", c.format, c.contentType)
	}
}

func TestBodiesThatDoNotDecode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ format, contentType, body string }{
		{"json", "", `{"a":secret}`}, {"json", "", "{}{}"}, {"json", "", "\xff"},
		{"jsonl", "", "{}\nsecret"},
		{"edn", "", "{:a secret #=(x)}"}, {"edn", "", "secret 2"}, {"edn", "", "{:a"},
		{"xml", "", "<a>secret"}, {"xml", "", "secret"}, {"xml", "", "<a>&secret;</a>"},
		{"yaml", "", "a: [secret"}, {"yaml", "", "? [secret]\n: 1"},
		{"text", "text/plain", "\xff\xfe"}, {"text", "text/plain; charset=nonsense", "x"},
		{"other", "", "x"},
		{"json", "", strings.Repeat("[", response.MaxDepth+2) + strings.Repeat("]", response.MaxDepth+2)},
		{"xml", "", strings.Repeat("<a>", response.MaxDepth+1) + strings.Repeat("</a>", response.MaxDepth+1)},
		{"yaml", "", strings.Repeat("[", response.MaxDepth+2) + strings.Repeat("]", response.MaxDepth+2)},
	} {
		_, err := response.Decode(c.format, c.contentType, []byte(c.body))
		require.Error(t, err, "%s %s", c.format, c.body)
		if !strings.Contains(c.body, "&secret;") {
			require.NotContains(t, err.Error(), "secret")
		}
	}
}

// A few lines of aliases must not become gigabytes.
func TestYAMLAliasesAreBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 12; i++ {
		n, p := string(rune('a'+i)), string(rune('a'+i-1))
		if i == 1 {
			p = "a0"
		}
		b.WriteString(n + ": &" + n + " [*" + p + ",*" + p + ",*" + p + ",*" + p + ",*" + p + ",*" + p + ",*" + p + ",*" + p + ",*" + p + ",*" + p + "]\n")
	}
	_, err := response.Decode("yaml", "", []byte(b.String()))
	require.ErrorContains(t, err, "aliases")
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"x"]}`, "a: &x [1]\nb: *x\n", `<a b="c">d<e/></a>`, "data: 1\n\nevent: x\ndata: y\n", "{:a #{1}}", "{}\n[]\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, format := range response.Formats {
			v, err := response.Decode(format, "", []byte(body))
			if err == nil {
				value.PrStr(nil, v)
			}
		}
	})
}
