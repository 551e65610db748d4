package dev

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/weir-run/weir/dev/embedded"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Options are the flags of `weir dev`.
type Options struct {
	// Paths are files and folders with flows; the first flow is the one that Run
	// starts.
	Paths []string
	// Input starts a run of the first flow, with this JSON object; nil starts none.
	Input json.RawMessage
	// Decide answers the run's waits: "approve", "reject", or empty for nobody.
	Decide string
	// Exit leaves when the run has ended.
	Exit bool
	// DataDir keeps runs, KV and blobs; empty keeps nothing.
	DataDir string
	// PortBase is the first of the ports; zero finds free ones.
	PortBase int
	// Bindings and Stubs replace the files beside the flows.
	Bindings, Stubs string
	// TimeScale divides every duration of the flows; zero or one leaves them.
	TimeScale float64
	// Temporal is the address of a running server to use instead of an embedded one.
	Temporal string

	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// UsageError says that the options, or the input of the run, are wrong.
type UsageError struct{ Err error }

func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap answers what is wrong.
func (e *UsageError) Unwrap() error { return e.Err }

// ErrRunFailed says that the run that was asked for did not complete. It has
// been shown already.
var ErrRunFailed = errors.New("the run did not complete")

// ErrProblems says that no flow could be deployed. The problems have been shown.
var ErrProblems = errors.New("the flows have problems")

// MaxTimeScale bounds --time-scale: past it, timers would end before their steps begin.
const MaxTimeScale = 1_000_000

func (o Options) check() (value.Value, error) {
	input := value.Nil
	switch {
	case len(o.Paths) == 0:
		return input, &UsageError{errors.New("name a file or a folder with a flow")}
	case o.Decide != "" && o.Decide != "approve" && o.Decide != "reject":
		return input, &UsageError{fmt.Errorf("--decide %s: approve or reject", o.Decide)}
	case o.Input == nil && (o.Exit || o.Decide != ""):
		return input, &UsageError{errors.New("--exit and --decide are about a run: add --run '{...}'")}
	case o.TimeScale < 0 || o.TimeScale > MaxTimeScale || (o.TimeScale > 0 && o.TimeScale < 1):
		return input, &UsageError{fmt.Errorf("--time-scale %v: from 1 to %d", o.TimeScale, MaxTimeScale)}
	case embedded.Slim && o.Temporal == "":
		return input, embedded.ErrSlim
	}
	if o.Input != nil {
		var err error
		if input, err = wire.FromJSON(o.Input, wire.JSONLimits{}); err != nil {
			return input, &UsageError{fmt.Errorf("--run: %w", err)}
		}
		if _, ok := input.AsMap(); !ok {
			return input, &UsageError{errors.New("--run: the input is a JSON object, like '{\"order-id\":\"o-1\"}'")}
		}
	}
	return input, nil
}
