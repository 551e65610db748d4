package definition

import "github.com/weir-run/weir/interpreter/value"

// Host is what the flow/ functions of a body need from whoever runs it; it is the Host of
// the body's Thread. Its methods are called by the evaluator's own line of evaluation, and
// may panic with a *value.Exception, which the body's try can catch.
type Host interface {
	// Input is the run's input, with :flow/ctx and :activation.
	Input() value.Value
	// Step runs a step and returns its result.
	Step(th *value.Thread, typ, id string, config value.Value) value.Value
	// NowMs is the run's own time, UUID and Rand its own recorded ids and numbers.
	NowMs() int64
	UUID() string
	Rand() float64
	// SlotBound tells whether a slot has a binding.
	SlotBound(slot string) bool
	// CallFlow runs another flow, described by {:flow-slug :input :version :timeout}.
	CallFlow(th *value.Thread, spec value.Value) value.Value
	// Parallel calls functions of no arguments at once and returns their values in order.
	Parallel(th *value.Thread, branches []value.Value) []value.Value
	// Poll calls step, a function of no arguments, until the options are met.
	Poll(th *value.Thread, opts, step value.Value) value.Value
}
