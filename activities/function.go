package activities

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"time"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Limits of one call of a function. Its work is more than a body's: it holds no workflow task.
const (
	FunctionWork    = 4 * value.DefaultWork
	FunctionSize    = 2 * value.DefaultSize
	FunctionTimeout = 10 * time.Second // where nothing else ends the attempt
)

// Function calls a Clojure or Go function with one map. Without :ref and :code its value is its :input.
func (a *Activities) Function(ctx context.Context, call Call) (wire.V, error) {
	return answered(ctx, call, a.function)
}

func (a *Activities) function(ctx context.Context, call Call) (value.Value, error) {
	config, persist, err := readStep(call)
	if err != nil {
		return value.Nil, err
	}
	at := call.place(ctx)
	input := config.GetKw("input")
	if input, err = a.loaded(ctx, at.Slug, input, config.GetKw("load")); err != nil {
		return value.Nil, err
	}
	result := input
	ref, code := config.GetKw("ref"), config.GetKw("code")
	if !ref.IsNil() || !code.IsNil() {
		code, err := a.program(ctx, at, call.Version, ref, code)
		if err != nil {
			return value.Nil, err
		}
		arg, err := argument(input, at, call.Version)
		if err != nil {
			return value.Nil, err
		}
		if code.Language == definition.Go {
			result, err = a.jailed(ctx, code, arg)
		} else {
			result, err = a.evaluate(ctx, code.Program, arg)
		}
		if err != nil {
			return value.Nil, err
		}
	}
	return a.keep(ctx, persist, at, result)
}

// argument is the input with what the function may know of its run.
func argument(input value.Value, at place, version int) (value.Value, error) {
	if input.IsNil() {
		input = value.Of(value.EmptyMap)
	}
	m, ok := input.AsMap()
	if !ok {
		return value.Nil, fault.New(fault.InvalidConfig, ":input must be a map (found: %s)", value.KindName(input)).
			Hinted("wrap it: {:input {:value ...}}")
	}
	return value.Of(m.Assoc(nil, value.Of(value.Intern("flow", "ctx")), at.flowContext(version)).
		Assoc(nil, value.Of(value.Intern("step", "ctx")), at.stepContext())), nil
}

// loaded replaces the refs under the keys of :load by their content.
func (a *Activities) loaded(ctx context.Context, slug string, input, load value.Value) (value.Value, error) {
	if load.IsNil() {
		return input, nil
	}
	m, ok := input.AsMap()
	keys, isVector := load.AsVector()
	if !ok || !isVector {
		return value.Nil, fault.New(fault.InvalidConfig, ":load takes a vector of keys of the :input, which must be a map")
	}
	for i := range keys.Len() {
		ref, found := m.Own(nil, keys.At(i))
		if !found {
			return value.Nil, fault.New(fault.InvalidConfig, ":load names %s, which :input doesn't have", value.PrStr(nil, keys.At(i)))
		}
		if ref.IsNil() {
			continue
		}
		content, err := a.load(ctx, slug, ref, "")
		if err != nil {
			return value.Nil, err
		}
		m = m.Assoc(nil, keys.At(i), content)
	}
	return value.Of(m), nil
}

// program finds or compiles what is to be called.
func (a *Activities) program(ctx context.Context, at place, version int, ref, code value.Value) (*definition.Function, error) {
	if !ref.IsNil() && !code.IsNil() {
		return nil, fault.New(fault.InvalidConfig, "a function step takes :ref or :code, not both")
	}
	if !code.IsNil() {
		program, err := a.code.compile(at.Step, code)
		return &definition.Function{Language: definition.Clojure, Program: program}, err
	}
	f, _, err := a.flow(ctx, at.Slug, version)
	if err != nil {
		return nil, err
	}
	function, ok := f.Functions[textOf(ref)]
	if !ok {
		return nil, fault.New(fault.InvalidConfig, "there is no function :%s", textOf(ref))
	}
	return function, nil
}

// largeFunctions is how many functions per core may grow large at a time.
const largeFunctions = 2

// evaluate calls the function within its bounds.
func (a *Activities) evaluate(ctx context.Context, program *interpreter.Program, arg value.Value) (value.Value, error) {
	ctx, cancel := bounded(ctx)
	if _, has := ctx.Deadline(); !has {
		ctx, cancel = context.WithTimeout(ctx, FunctionTimeout)
	}
	defer cancel()
	th := value.NewThread(value.Limits{Work: FunctionWork, Size: FunctionSize})
	defer context.AfterFunc(ctx, th.Cancel)()
	defer a.large.Watch(ctx, th)()
	fn, err := program.Run(th)
	if err == nil {
		var v value.Value
		if v, err = interpreter.Call(th, fn, arg); err == nil {
			return v, nil
		}
	}
	var language *interpreter.Error
	if errors.As(err, &language) && language.Code == value.CodeCancelled && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return value.Nil, fault.New(TimeLimit, "the function took too long").Hinted("give it less to do at a time, or a longer :timeout")
	}
	return value.Nil, err
}

// TimeLimit is the code of a function that ran out of time.
const TimeLimit = "time-limit"

// codeCache keeps compiled :code by its step's id and its text.
type codeCache struct {
	mu       sync.Mutex
	programs map[[sha256.Size]byte]*interpreter.Program
}

// maxCachedCode bounds a process's compiled :code; past it, the cache starts over.
const maxCachedCode = 512

func newCodeCache() *codeCache {
	return &codeCache{programs: map[[sha256.Size]byte]*interpreter.Program{}}
}

func (c *codeCache) compile(step string, code value.Value) (*interpreter.Program, error) {
	text, ok := code.AsString()
	if !ok {
		text = value.PrStr(nil, code)
	}
	digest := sha256.Sum256([]byte(step + "\x00" + text))
	c.mu.Lock()
	program := c.programs[digest]
	c.mu.Unlock()
	if program != nil {
		return program, nil
	}
	program, problems := definition.CompileCode(":code of "+step, code)
	if problems.HasErrors() {
		return nil, fault.New(fault.Function, "%s", firstLine(problems))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.programs) >= maxCachedCode {
		clear(c.programs)
	}
	c.programs[digest] = program
	return program, nil
}

func firstLine(problems diagnostic.List) string {
	for _, d := range problems {
		if d.Severity == diagnostic.Error {
			if d.Hint != "" {
				return d.String() + ": " + d.Hint
			}
			return d.String()
		}
	}
	return problems.Error()
}
