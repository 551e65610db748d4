package definition

import (
	"time"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/value"
)

// ParseDuration reads a duration as flows write it: "500ms", "30s", "10m", "2h", "7d", "1h30m", or a
// number of seconds. It is never negative.
func ParseDuration(v value.Value) (time.Duration, error) { return schema.ParseDuration(v) }
