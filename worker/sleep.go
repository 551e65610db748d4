package worker

import (
	"time"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
)

// sleep holds the run for a while; its value is nil.
func (h *host) sleep(th *value.Thread, s *step) (value.Value, *failure) {
	d, f := sleepTime(s.opt.Config)
	if f != nil {
		return value.Nil, f
	}
	return value.Nil, h.rest(th, s.memoName(), s.summary(), h.run.scaled(d))
}

// sleepTime reads one of :duration, :seconds and :millis.
func sleepTime(config value.Value) (time.Duration, *failure) {
	m, _ := config.AsMap()
	var given []string
	var d time.Duration
	for _, unit := range []struct {
		name string
		size time.Duration
	}{{"duration", 0}, {"seconds", time.Second}, {"millis", time.Millisecond}} {
		v := m.GetKw(unit.name)
		if v.IsNil() {
			continue
		}
		given = append(given, unit.name)
		if unit.size == 0 {
			parsed, err := definition.ParseDuration(v)
			if err != nil {
				return 0, failed(codeInvalidConfig, ":duration: %s", err)
			}
			d = parsed
			continue
		}
		n, ok := number(v)
		if !ok || n < 0 || n > float64(definition.MaxSleep/unit.size) {
			return 0, failed(codeInvalidConfig, ":%s must be a number from 0 to %d, not %s", unit.name, definition.MaxSleep/unit.size, describe(v))
		}
		d = time.Duration(n * float64(unit.size))
	}
	switch {
	case len(given) != 1:
		return 0, failed(codeInvalidConfig, "a :sleep needs one of :duration, :seconds and :millis, and has %d of them", len(given))
	case d > definition.MaxSleep:
		return 0, failed(codeInvalidConfig, "a :sleep lasts at most 7 days, not %v", d)
	}
	return d, nil
}

// time is the recorded time of the run.
func (h *host) time(*value.Thread, *step) (value.Value, *failure) {
	now := h.run.now()
	return value.NewMap(
		value.Kw("now"), value.String(instant(now)),
		value.Kw("now-ms"), value.Int(now.UnixMilli()),
	), nil
}
