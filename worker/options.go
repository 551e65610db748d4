package worker

import (
	"fmt"
	"math"
	"math/big"
	"time"

	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
)

// Defaults and bounds of the options that every step takes.
const (
	DefaultAttempts   = 3 // of what may run twice
	DefaultPostTries  = 1 // of requests that change the world
	DefaultBackoff    = time.Second
	DefaultMultiplier = 2.0
	DefaultMaxBackoff = 100 // times the first backoff
	MaxAttempts       = 1_000
	MaxStepTimeout    = 24 * time.Hour
)

const (
	placementLocal   = "local"
	placementRegular = "regular"
	onErrorFail      = "fail"
	onErrorSkip      = "skip"
	millisecond      = time.Millisecond
)

// stepOptions is what a step's config says about the step itself; Config is the rest: what the step does.
type stepOptions struct {
	Title     string
	Timeout   time.Duration // of one attempt; 0: the type's default
	Retry     retryOptions
	OnError   string // "", onErrorFail or onErrorSkip
	Expect    value.Value
	Placement string // "", placementLocal or placementRegular
	Config    value.Value
}

type retryOptions struct {
	Attempts   int // the first included; 0: the type's default
	Backoff    time.Duration
	Multiplier float64
	MaxBackoff time.Duration
}

// option reads one option's value into o.
type option func(o *stepOptions, v value.Value) error

var options = map[string]option{
	"title": func(o *stepOptions, v value.Value) (err error) {
		o.Title, err = textOf(v)
		return err
	},
	"timeout": func(o *stepOptions, v value.Value) (err error) {
		if o.Timeout, err = definition.ParseDuration(v); err == nil && (o.Timeout < millisecond || o.Timeout > MaxStepTimeout) {
			err = fmt.Errorf("must be between 1 ms and %v", MaxStepTimeout)
		}
		return err
	},
	"retry": func(o *stepOptions, v value.Value) (err error) {
		o.Retry, err = readRetry(v)
		return err
	},
	"on-error": func(o *stepOptions, v value.Value) error { return oneOf(&o.OnError, v, onErrorFail, onErrorSkip) },
	"placement": func(o *stepOptions, v value.Value) error {
		return oneOf(&o.Placement, v, placementLocal, placementRegular)
	},
	"expect": func(o *stepOptions, v value.Value) error {
		if _, ok := v.AsCallable(); !ok {
			return fmt.Errorf("must be a function of the result, not %s", describe(v))
		}
		o.Expect = v
		return nil
	},
}

// splitOptions takes the options named in which out of a step's config. A nil config is an empty one.
func splitOptions(config value.Value, which map[string]option) (stepOptions, error) {
	o := stepOptions{Config: config}
	if config.IsNil() {
		o.Config = value.Of(value.EmptyMap)
		return o, nil
	}
	m, ok := config.AsMap()
	if !ok {
		return o, fmt.Errorf("the config must be a map, not %s", describe(config))
	}
	var err error
	var rest []value.Value
	m.Each(func(k, v value.Value) bool {
		name, read := optionOf(k, which)
		if read == nil {
			rest = append(rest, k, v)
			return true
		}
		if v.IsNil() {
			return true
		}
		if e := read(&o, v); e != nil {
			err = fmt.Errorf(":%s %w", name, e)
		}
		return err == nil
	})
	if len(rest) < 2*m.Len() {
		o.Config = value.NewMap(rest...)
	}
	return o, err
}

func optionOf(k value.Value, which map[string]option) (string, option) {
	kw, ok := k.AsKeyword()
	if !ok || kw.Namespace != "" {
		return "", nil
	}
	return kw.Name, which[kw.Name]
}

func readRetry(v value.Value) (retryOptions, error) {
	r := retryOptions{}
	m, ok := v.AsMap()
	if !ok {
		return r, fmt.Errorf("must be a map like {:max-attempts 3 :backoff-ms 500}, not %s", describe(v))
	}
	if a := m.GetKw("max-attempts"); !a.IsNil() {
		n, ok := a.AsInt()
		if !ok || n < 1 || n > MaxAttempts {
			return r, fmt.Errorf(":max-attempts must be a whole number from 1 to %d, not %s", MaxAttempts, describe(a))
		}
		r.Attempts = int(n)
	}
	var err error
	if r.Backoff, err = milliseconds(m, "backoff-ms"); err != nil {
		return r, err
	}
	if r.MaxBackoff, err = milliseconds(m, "max-backoff-ms"); err != nil {
		return r, err
	}
	if f := m.GetKw("multiplier"); !f.IsNil() {
		n, ok := number(f)
		if !ok || n < 1 || n > 100 {
			return r, fmt.Errorf(":multiplier must be a number from 1 to 100, not %s", describe(f))
		}
		r.Multiplier = n
	}
	return r, nil
}

func milliseconds(m *value.Map, name string) (time.Duration, error) {
	v := m.GetKw(name)
	if v.IsNil() {
		return 0, nil
	}
	n, ok := number(v)
	if !ok || n < 0 || n > float64(MaxStepTimeout/millisecond) {
		return 0, fmt.Errorf(":%s must be milliseconds from 0 to %d, not %s", name, MaxStepTimeout/millisecond, describe(v))
	}
	return max(time.Duration(math.Round(n))*millisecond, millisecond), nil
}

// policy is Temporal's form of the retry options; attempts is the type's default.
func (r retryOptions) policy(attempts int) *temporal.RetryPolicy {
	p := &temporal.RetryPolicy{
		InitialInterval:    DefaultBackoff,
		BackoffCoefficient: DefaultMultiplier,
		MaximumInterval:    r.MaxBackoff,
		MaximumAttempts:    int32(attempts),
	}
	if r.Attempts > 0 {
		p.MaximumAttempts = int32(r.Attempts)
	}
	if r.Backoff > 0 {
		p.InitialInterval = r.Backoff
	}
	if r.Multiplier > 0 {
		p.BackoffCoefficient = r.Multiplier
	}
	if p.MaximumInterval == 0 {
		p.MaximumInterval = min(DefaultMaxBackoff*p.InitialInterval, MaxStepTimeout)
	}
	p.MaximumInterval = max(p.MaximumInterval, p.InitialInterval)
	return p
}

// textOf reads a string or a keyword's name.
func textOf(v value.Value) (string, error) {
	if s, ok := v.AsString(); ok {
		return s, nil
	}
	if kw, ok := v.AsKeyword(); ok {
		return kw.FullName(), nil
	}
	return "", fmt.Errorf("must be a string or a keyword, not %s", describe(v))
}

func oneOf(into *string, v value.Value, names ...string) error {
	text, err := textOf(v)
	if err != nil {
		return err
	}
	for _, name := range names {
		if text == name {
			*into = name
			return nil
		}
	}
	return fmt.Errorf("must be :%s or :%s, not %s", names[0], names[1], describe(v))
}

// describe names a value in a message: short, and never more than its beginning.
func describe(v value.Value) string {
	switch v.Kind() {
	case value.KindNil:
		return "nil"
	case value.KindBool, value.KindInt, value.KindDouble, value.KindString, value.KindKeyword:
		return oneLine(value.PrStr(nil, v))
	}
	return "a " + value.KindName(v)
}

// number reads an integer, a ratio or a finite double.
func number(v value.Value) (float64, bool) {
	if n, ok := v.AsInt(); ok {
		return float64(n), true
	}
	if f, ok := v.AsDouble(); ok && !math.IsNaN(f) && !math.IsInf(f, 0) {
		return f, true
	}
	if r, ok := v.Ref().(*big.Rat); ok {
		f, _ := r.Float64()
		return f, true
	}
	return 0, false
}
