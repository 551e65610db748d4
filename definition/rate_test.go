package definition_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
)

func TestRates(t *testing.T) {
	t.Parallel()
	door := func(rate string) string {
		return flowText(`:interfaces {:http [{:id :a :rate-limit ` + rate + `}]}`)
	}
	for rate, want := range map[string]definition.Rate{
		`{:limit 60 :per "1m"}`:     {Limit: 60, Per: time.Minute},
		`{:limit 1 :per 1}`:         {Limit: 1, Per: time.Second},
		`{:limit 100000 :per "1d"}`: {Limit: 100_000, Per: 24 * time.Hour},
	} {
		require.Equal(t, want, parse(t, door(rate)).HTTP.Rate, rate)
	}
	for rate, want := range map[string]string{
		`7`: "wrong-type", `{:limit 1}`: "missing-field", `{:per 1}`: "missing-field", `{:limit 0 :per 1}`: "wrong-type",
		`{:limit 100001 :per 1}`: "out-of-range", `{:limit 1 :per "25h"}`: "out-of-range", `{:limit 1 :per "500ms"}`: "out-of-range",
		`{:limit 1 :per "soon"}`: "bad-duration", `{:limit 1 :per [1]}`: "bad-duration",
	} {
		_, problems := definition.Parse("flow.edn", []byte(door(rate)))
		require.Len(t, problems, 1, rate)
		require.Equal(t, want, problems[0].Code, rate)
	}
}
