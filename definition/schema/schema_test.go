package schema_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

type thing struct {
	name string
	size int64
	on   bool
}

var things = schema.Table[thing]{
	{Name: "name", Required: true, Shape: schema.Name, Set: schema.Into(func(t *thing) *string { return &t.name })},
	{Name: "kind", Shape: schema.OneOf("small", "large")},
	{Name: "size", Shape: schema.Natural, Set: func(_ *schema.Report, t *thing, v *syntax.Node) { t.size = schema.IntOf(v) }},
	{Name: "on", Shape: schema.Bool, Set: schema.IntoBool(func(t *thing) *bool { return &t.on })},
}

func read(t *testing.T, text string) (thing, []string) {
	t.Helper()
	forms, problems := syntax.Read("thing.edn", []byte(text))
	require.Empty(t, problems)
	var out thing
	r := &schema.Report{}
	things.Read(r, forms[0], "a thing", &out)
	shown := []string{}
	for _, d := range r.List.Sort() {
		shown = append(shown, d.String()+" / "+d.Hint)
	}
	return out, shown
}

func TestTableFillsWhatFitsAndReportsTheRest(t *testing.T) {
	t.Parallel()
	got, problems := read(t, `{:name :n :kind :small :size 3 :on true}`)
	require.Equal(t, thing{name: "n", size: 3, on: true}, got)
	require.Empty(t, problems)

	got, problems = read(t, `{:nmae "x" :kind :smal :size -1 :on "yes" "name" 1}`)
	require.Equal(t, thing{}, got)
	require.Equal(t, []string{
		"thing.edn:1:1: error: a thing needs :name [missing-field] / add :name, a keyword or text",
		"thing.edn:1:2: warning: a thing has no field :nmae [unknown-field] / did you mean :name?",
		"thing.edn:1:18: error: :kind must be one of :small :large, not :smal [unknown-value] / did you mean :small?",
		"thing.edn:1:30: error: :size must be a whole number of at least 0, not -1 [wrong-type] / ",
		`thing.edn:1:37: error: :on must be true or false, not the text "yes" [wrong-type] / `,
		`thing.edn:1:43: warning: a thing has no field the text "name": fields are keywords [unknown-field] / write :name`,
	}, problems)

	_, problems = read(t, `[:name "x"]`)
	require.Equal(t, []string{"thing.edn:1:1: error: a thing must be a map, not a vector [wrong-type] / "}, problems)
	_, problems = read(t, `{:name "x" :kind "large"}`)
	require.Equal(t, []string{`thing.edn:1:18: error: :kind must be one of :small :large, not the text "large" [unknown-value] / write :large`}, problems)
	_, problems = read(t, `{:name #flow/include "name.edn"}`)
	require.Empty(t, problems, "what isn't known isn't judged")
}

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"concurrency", "requires", "flow", "slug"}
	for text, want := range map[string]string{
		"concurency": "concurrency", "require": "requires", "flwo": "flow", "Slug": "slug", "sulg": "slug",
		"templates": "", "": "", "x": "", "triggers": "",
	} {
		require.Equal(t, want, schema.Nearest(text, names), text)
	}
}

func TestParseDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"500ms": 500 * time.Millisecond, "30s": 30 * time.Second, "10m": 10 * time.Minute, "2h": 2 * time.Hour,
		"7d": 7 * 24 * time.Hour, "1w": 7 * 24 * time.Hour, "1h30m": 90 * time.Minute, "1h 30m": 90 * time.Minute,
		"1.5h": 90 * time.Minute, " 2 h ": 2 * time.Hour, "0s": 0,
	} {
		got, err := schema.ParseDuration(value.String(text))
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	got, err := schema.ParseDuration(value.Int(90))
	require.NoError(t, err)
	require.Equal(t, 90*time.Second, got)
	got, err = schema.ParseDuration(value.Double(0.25))
	require.NoError(t, err)
	require.Equal(t, 250*time.Millisecond, got)

	for _, text := range []string{"", "10", "h", "2 hours", "-1s", "1.2.3s", "1s-", "2H", "99999999999h", "200000000h200000000h", "NaNs", "1e3s"} {
		_, err := schema.ParseDuration(value.String(text))
		require.Error(t, err, text)
	}
	for _, v := range []value.Value{value.Nil, value.Int(-1), value.Double(-0.1), value.Kw("2h"), value.NewVector(), value.Int(1 << 62)} {
		_, err := schema.ParseDuration(v)
		require.Error(t, err, value.PrStr(nil, v))
	}
}
