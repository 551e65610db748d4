package definition

import (
	"time"

	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/interpreter/value"
)

// FlowFunctions are the functions of a body that reach outside, by qualified name. They do so by
// the Host of the Thread that they are called on.
var FlowFunctions = byName(
	&value.Builtin{Name: "flow/input", Fn: func(th *value.Thread, _ []value.Value) value.Value { return host(th).Input() }},
	&value.Builtin{Name: "flow/step", Min: 2, Max: 3, Fn: flowStep},
	&value.Builtin{Name: "flow/now-ms", Fn: func(th *value.Thread, _ []value.Value) value.Value { return value.Int(host(th).NowMs()) }},
	&value.Builtin{Name: "flow/now", Fn: flowNow},
	&value.Builtin{Name: "flow/uuid", Fn: flowUUID},
	&value.Builtin{Name: "flow/rand", Fn: func(th *value.Thread, _ []value.Value) value.Value { return value.Double(host(th).Rand()) }},
	&value.Builtin{Name: "flow/elapsed?", Min: 2, Max: 2, Fn: flowElapsed},
	&value.Builtin{Name: "flow/backoff", Min: 1, Max: 2, Fn: flowBackoff},
	&value.Builtin{Name: "flow/slot-bound?", Min: 1, Max: 1, Fn: flowSlotBound},
	&value.Builtin{Name: "flow/call-flow", Min: 1, Max: 2, Fn: flowCallFlow},
	&value.Builtin{Name: "flow/parallel*", Max: -1, Fn: flowParallel},
	&value.Builtin{Name: body.MergeFunction, Min: 2, Max: 2, Fn: func(th *value.Thread, args []value.Value) value.Value {
		return body.MergeConfig(th, args[0], args[1])
	}},
	&value.Builtin{Name: "flow/poll*", Min: 2, Max: 2, Fn: flowPoll},
)

func byName(builtins ...*value.Builtin) map[string]*value.Builtin {
	out := map[string]*value.Builtin{}
	for _, b := range builtins {
		out[b.Name] = b
	}
	return out
}

// refusedInFunctions says why a function can't call what a body can.
func refusedInFunctions() map[string]string {
	out := map[string]string{}
	for name := range FlowFunctions {
		out[name] = "functions are pure: hand them what they need by the step's :input"
	}
	for name := range FlowMacros {
		out[name] = "functions are pure: call it in the flow's body"
	}
	return out
}

func host(th *value.Thread) Host {
	if th != nil {
		if h, ok := th.Host.(Host); ok {
			return h
		}
	}
	value.Throw("IllegalStateException", "flow/ functions are there only while a flow runs")
	return nil
}

func flowStep(th *value.Thread, args []value.Value) value.Value {
	config := value.NewMap()
	if len(args) == 3 {
		config = args[2]
	}
	if config.IsNil() {
		config = value.NewMap()
	}
	typ, ok := args[0].AsKeyword()
	if !ok {
		value.Throw("IllegalArgumentException", "flow/step: a step's type must be a keyword, not %s", article(value.KindName(args[0])))
	}
	if !isName(args[1]) || plainText(args[1]) == "" {
		value.Throw("IllegalArgumentException", "flow/step: a step's id must be a keyword, not %s", article(value.KindName(args[1])))
	}
	switch config.Kind() {
	case value.KindMap, value.KindSortedMap:
	default:
		value.Throw("IllegalArgumentException", "flow/step: the configuration of :%s must be a map, not %s", plainText(args[1]), article(value.KindName(config)))
	}
	return host(th).Step(th, typ.FullName(), plainText(args[1]), config)
}

func flowNow(th *value.Thread, _ []value.Value) value.Value {
	return value.InstOf(host(th).NowMs())
}

func flowUUID(th *value.Thread, _ []value.Value) value.Value {
	id, err := value.ParseUUID(host(th).UUID())
	if err != nil {
		value.Throw("IllegalStateException", "flow/uuid: %v", err)
	}
	return id
}

// flowElapsed is (flow/elapsed? since-ms duration): since may be an instant, too.
func flowElapsed(th *value.Thread, args []value.Value) value.Value {
	since, ok := args[0].AsInt()
	if !ok {
		at, isInst := args[0].AsInst()
		since, ok = at.UnixMilli(), isInst
	}
	if !ok {
		value.Throw("IllegalArgumentException", "flow/elapsed?: the first argument must be milliseconds, as flow/now-ms gives them, not %s", article(value.KindName(args[0])))
	}
	return value.Bool(host(th).NowMs()-since >= duration("flow/elapsed?", args[1]).Milliseconds())
}

func duration(who string, v value.Value) time.Duration {
	d, err := ParseDuration(v)
	if err != nil {
		value.Throw("IllegalArgumentException", "%s: %v", who, err)
	}
	return d
}

func flowSlotBound(th *value.Thread, args []value.Value) value.Value {
	if !isName(args[0]) {
		value.Throw("IllegalArgumentException", "flow/slot-bound?: a slot is a keyword, not %s", article(value.KindName(args[0])))
	}
	return value.Bool(host(th).SlotBound(plainText(args[0])))
}

// flowCallFlow is (flow/call-flow :slug input) or (flow/call-flow {...}).
func flowCallFlow(th *value.Thread, args []value.Value) value.Value {
	spec := args[0]
	if _, isMap := spec.AsMap(); !isMap || len(args) == 2 {
		if !isName(spec) {
			value.Throw("IllegalArgumentException", "flow/call-flow: write (flow/call-flow :slug input) or (flow/call-flow {:flow-slug :slug :input {...}})")
		}
		spec = value.NewMap(value.Kw("flow-slug"), spec)
		if len(args) == 2 {
			spec = value.Assoc(th, spec, value.Kw("input"), args[1])
		}
	}
	return host(th).CallFlow(th, spec)
}

func flowParallel(th *value.Thread, args []value.Value) value.Value {
	return value.NewVector(host(th).Parallel(th, append([]value.Value(nil), args...))...)
}

func flowPoll(th *value.Thread, args []value.Value) value.Value {
	return host(th).Poll(th, args[0], args[1])
}
