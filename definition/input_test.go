package definition_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
)

func TestCheckInputFillsDefaultsAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	f := parse(t, flowText(`:invocations {:default {:inputs [{:name :a :required true} {:name :n :type :number :default 3}
		{:name "two words" :default "x"} {:name :off :type :boolean :default false} {:name :none}]}}`))
	got, problems := f.CheckInput("", data(t, `{:z {:deep 1} :a "x" "other" 2 :n nil}`))
	require.Empty(t, problems)
	require.Equal(t, `{:z {:deep 1}, :a "x", "other" 2, :n 3, "two words" "x", :off false}`, value.PrStr(nil, got))

	got, problems = f.CheckInput("default", data(t, `{:a "" :n 0 :off true}`))
	require.Empty(t, problems)
	require.Equal(t, `{:a "", :n 0, :off true, "two words" "x"}`, value.PrStr(nil, got))
}

func TestCheckInputNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	f := parse(t, flowText(`:invocations {:default {:inputs [{:name :a :required true} {:name :n :type :number} {:name :s :type :select :options ["x" :y 3]}]}}`))
	in := data(t, `{:a nil :n "12" :s "z"}`)
	got, problems := f.CheckInput("", in)
	require.Equal(t, in, got)
	require.Equal(t, []definition.Problem{
		{Field: "a", Expected: "text", Missing: true, Message: "a is missing: expected text"},
		{Field: "n", Expected: "a number", Message: "n must be a number, not a string"},
		{Field: "s", Expected: "one of x, y, 3", Message: "s must be one of x, y, 3, not a string"},
	}, problems)

	_, problems = f.CheckInput("", value.Nil)
	require.Equal(t, "a", problems[0].Field)
	_, problems = f.CheckInput("", data(t, `[1]`))
	require.Equal(t, "the input must be a map, not a vector", problems[0].Message)
	_, problems = f.CheckInput("nope", data(t, `{}`))
	require.Equal(t, "the flow has no invocation :nope", problems[0].Message)
}

func TestInputTypes(t *testing.T) {
	t.Parallel()
	for typ, cases := range map[string]struct{ good, bad string }{
		"text":     {`"x" ""`, `1 :x true [] {} \a`},
		"string":   {`"x"`, `1 :x`},
		"textarea": {`"x\ny"`, `1`},
		"password": {`"x"`, `1`},
		"secret":   {`"x"`, `1`},
		"email":    {`"a@b.example" "a+b@c.d.example"`, `"a" "a@" "Ann <a@b.example>" "a b@c.d" 1`},
		"number":   {`1 1.5 -2 1N 1/2 1.50M`, `"1" true :one`},
		"boolean":  {`true false`, `"true" 1 0 :true`},
		"checkbox": {`true false`, `"on"`},
		"select":   {`"small" :small 3 :large`, `"Small" "3" nope`},
		"date":     {`"2026-01-31" #inst "2026-01-31"`, `"2026-02-30" "31.1.2026" "2026-01-31T10:00" 20260131`},
		"time":     {`"16:30" "16:30:59" "16:30:59.250"`, `"4:3" "24:00" "16:30Z" #inst "2026-01-31" 5`},
		"datetime": {`"2026-01-31T16:30:00Z" "2026-01-31T16:30:00.5+01:00" "2026-01-31T16:30" "2026-01-31T16:30:00" "2026-01-31T16:30Z" #inst "2026-01-31"`, `"2026-01-31" "16:30" 1`},
		"json":     {`1 "x" [] {} true`, ``},
		"file":     {`"res://a/b" {:type :resource-ref :uri "res://a"} {:uri "res://a"}`, `"http://x" "res://" {:uri 1} {} 1`},
		"blob":     {`"res://a/b"`, `"x"`},
		"resource": {`"res://a/b"`, `"x"`},
	} {
		f := parse(t, flowText(`:invocations {:default {:inputs [{:name :v :type :`+typ+` :options ["small" :large 3]}]}}`))
		for i, texts := range []string{cases.good, cases.bad} {
			values := data(t, "["+texts+"]")
			list, _ := values.AsVector()
			for _, v := range list.Slice() {
				_, problems := f.CheckInput("", value.NewMap(value.Kw("v"), v))
				require.Equal(t, i == 1, len(problems) > 0, "%s %s", typ, value.PrStr(nil, v))
			}
		}
	}
}

func TestProblemsHoldNoValues(t *testing.T) {
	t.Parallel()
	f := parse(t, flowText(`:invocations {:default {:inputs [{:name :v :type :email}]}}`))
	_, problems := f.CheckInput("", data(t, `{:v "hunter2"}`))
	require.NotContains(t, problems[0].Message, "hunter2")
}

func TestLaneKey(t *testing.T) {
	t.Parallel()
	keyed := func(path string) *definition.Flow {
		return parse(t, `{:slug :f :concurrency {:type :keyed :key-field `+path+`} :flow '1 :invocations {:default {:inputs [{:name :o}]}}}`)
	}
	for in, want := range map[string]string{
		`{:o "o-1"}`: "o-1", `{:o "a/b c"}`: "a/b c", `{:o :eu}`: "eu", `{:o :a/b}`: "a/b", `{:o 7}`: "7", `{:o 7.0}`: "7", `{:o -0.5}`: "-0.5",
		`{:o 123456789012345678901234567890}`: "123456789012345678901234567890", `{:o "ключ"}`: "ключ",
		`{:o #uuid "6a4b7d24-7e63-4c6c-9d3a-0a3f3a1c9d11"}`: "6a4b7d24-7e63-4c6c-9d3a-0a3f3a1c9d11",
	} {
		key, err := keyed(":o").LaneKey(data(t, in))
		require.NoError(t, err, in)
		require.Equal(t, want, key)
	}
	for in, want := range map[string]string{
		`{}`: "is missing", `{:o nil}`: "is missing", `nil`: "is missing", `7`: "is missing", `{:o ""}`: "is empty", `{:o " a"}`: "white space",
		`{:o true}`: "not a boolean", `{:o [1]}`: "not a vector", `{:o {}}`: "not a map", `{:o "a\nb"}`: "control character", `{:o ##NaN}`: "no number",
	} {
		_, err := keyed(":o").LaneKey(data(t, in))
		var lane *definition.LaneError
		require.ErrorAs(t, err, &lane, in)
		require.Equal(t, ":o", lane.Path)
		require.ErrorContains(t, err, want, in)
	}
	_, err := keyed(":o").LaneKey(value.NewMap(value.Kw("o"), value.String("\xff")))
	require.ErrorContains(t, err, "UTF-8")

	f := keyed(":o")
	_, err = f.LaneKey(value.NewMap(value.Kw("o"), value.String(strings.Repeat("k", definition.MaxLaneKey))))
	require.NoError(t, err)
	_, err = f.LaneKey(value.NewMap(value.Kw("o"), value.String(strings.Repeat("k", definition.MaxLaneKey+1))))
	require.ErrorContains(t, err, "longer than 512 bytes")

	key, err := keyed(`[:order "line items" :id]`).LaneKey(data(t, `{:order {"line items" {:id 3}}}`))
	require.NoError(t, err)
	require.Equal(t, "3", key)
	_, err = keyed(`[:order :id]`).LaneKey(data(t, `{:order 1}`))
	require.EqualError(t, err, "lane key [:order :id] is missing from the input")

	key, err = parse(t, flowText()).LaneKey(value.Nil)
	require.NoError(t, err)
	require.Empty(t, key)
}
