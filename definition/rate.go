package definition

import (
	"time"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// Bounds of a door's :rate-limit.
const (
	MaxRate    = 100_000
	MinRatePer = time.Second
	MaxRatePer = 24 * time.Hour
)

const rateHint = `write {:limit 60 :per "1m"}`

// Rate is how many requests a door takes in a while, whoever sends them. The zero Rate has no limit.
type Rate struct {
	Limit int
	Per   time.Duration
}

var rateTable = schema.Table[Rate]{
	{Name: "limit", Required: true, Shape: schema.Positive, Hint: rateHint, Set: func(r *schema.Report, rate *Rate, v *syntax.Node) {
		if n := schema.IntOf(v); n > MaxRate {
			r.Error(v, "out-of-range", rateHint, "a :limit can't be over %d", MaxRate)
		} else {
			rate.Limit = int(n)
		}
	}},
	{Name: "per", Required: true, Shape: schema.Any, Hint: rateHint, Set: func(r *schema.Report, rate *Rate, v *syntax.Node) {
		if v.Kind != syntax.Literal {
			r.Error(v, "bad-duration", rateHint, ":per must be a duration, not %s", schema.Found(v))
			return
		}
		d, err := schema.ParseDuration(v.Value)
		switch {
		case err != nil:
			r.Error(v, "bad-duration", rateHint, ":per: %v", err)
		case d < MinRatePer || d > MaxRatePer:
			r.Error(v, "out-of-range", rateHint, ":per must be from %s to %s", MinRatePer, MaxRatePer)
		default:
			rate.Per = d
		}
	}},
}

// rateField is that of a door which requests come in by.
var rateField = schema.Field[Interface]{Name: "rate-limit", Shape: schema.Map, Hint: rateHint, Set: func(r *schema.Report, i *Interface, v *syntax.Node) {
	var rate Rate
	rateTable.Read(r, v, ":rate-limit", &rate)
	if rate.Limit > 0 && rate.Per > 0 {
		i.Rate = rate
	}
}}
