package worker

import (
	"slices"
	"strings"
	"time"

	"github.com/weir-run/weir/interpreter/value"
)

// Timeouts of one attempt, where a step has no :timeout.
const (
	TimeoutRead     = 10 * time.Second // GET and HEAD
	TimeoutWrite    = 30 * time.Second // other requests, notifications
	TimeoutFunction = 10 * time.Second
	TimeoutKV       = 10 * time.Second
	TimeoutBlob     = 30 * time.Second
	TimeoutDatabase = 30 * time.Second
	TimeoutLLM      = 2 * time.Minute
	TimeoutPersist  = 10 * time.Minute // a response that goes to object storage
)

// MaxLocalTimeout is the longest an attempt may take to run as a local activity by itself.
const MaxLocalTimeout = 10 * time.Second

// activityType says how steps of an activity's type are placed and retried.
type activityType struct {
	timeout  time.Duration
	attempts int
	local    bool
	// adjust, if any, refines p for one step's config.
	adjust func(h *host, s *step, p *placing)
}

// activityTypes are the step types that are activities; their names are frozen.
//
// Local activities are those that may run twice, end soon and need nobody's patience: DESIGN "Placement".
var activityTypes = map[string]*activityType{
	"http":     {timeout: TimeoutWrite, attempts: DefaultPostTries, adjust: adjustHTTP},
	"function": {timeout: TimeoutFunction, attempts: DefaultAttempts, local: true, adjust: adjustFunction},
	"kv":       {timeout: TimeoutKV, attempts: DefaultAttempts, local: true},
	"blob":     {timeout: TimeoutBlob, attempts: DefaultAttempts, local: true},
	"notify":   {timeout: TimeoutWrite, attempts: DefaultAttempts},
	"llm":      {timeout: TimeoutLLM, attempts: DefaultAttempts},
	"db":       {timeout: TimeoutDatabase, attempts: DefaultPostTries, adjust: adjustDatabase},
}

// place decides where s runs. What the author says goes before what the type does.
func (h *host) place(s *step) placing {
	kind := activityTypes[s.typ]
	p := placing{activity: s.typ, local: kind.local, timeout: kind.timeout}
	attempts := kind.attempts
	if kind.adjust != nil {
		kind.adjust(h, s, &p)
		if p.local || p.repeatable || s.typ == "http" && readsOnly(h.method(s)) {
			attempts = DefaultAttempts
		}
	}
	if s.opt.Timeout > 0 {
		p.timeout = s.opt.Timeout
		p.local = p.local && p.timeout <= MaxLocalTimeout
	}
	if s.opt.Placement != "" {
		p.local = s.opt.Placement == placementLocal
	}
	p.policy = s.opt.Retry.policy(attempts)
	return p
}

// adjustHTTP makes reading requests local, unless their response is kept or streamed.
func adjustHTTP(h *host, s *step, p *placing) {
	persists := field(s.opt.Config, "persist")
	stream := nameOf(field(s.opt.Config, "response-as")) == "sse"
	switch {
	case keepsBlob(persists):
		p.timeout = TimeoutPersist
	case readsOnly(h.method(s)):
		p.timeout = TimeoutRead
		p.local = !stream
	}
}

// adjustFunction makes Go functions regular: they have a process of their own, and a worker may die with it.
func adjustFunction(h *host, s *step, p *placing) {
	ref, _ := textOf(field(s.opt.Config, "ref")) // what is no name has no function, either
	p.local = !slices.Contains(h.run.plan.Go, ref)
}

// adjustDatabase tries again what may run twice: what only reads, and what takes effect once.
func adjustDatabase(_ *host, s *step, p *placing) {
	p.repeatable = field(s.opt.Config, "read-only").Truthy() || field(s.opt.Config, "once").Truthy()
}

func keepsBlob(persist value.Value) bool { return nameOf(field(persist, "type")) == "blob" }

func readsOnly(method string) bool { return method == "get" || method == "head" }

// method is a request's method: the step's, else its template's, else GET.
func (h *host) method(s *step) string {
	if m := nameOf(field(s.opt.Config, "method")); m != "" {
		return m
	}
	if m := h.run.plan.Methods[nameOf(field(s.opt.Config, "template"))]; m != "" {
		return m
	}
	return "get"
}

// field reads one field of a map; nil from anything else.
func field(v value.Value, name string) value.Value {
	m, ok := v.AsMap()
	if !ok {
		return value.Nil
	}
	return m.GetKw(name)
}

// nameOf is a keyword's or string's text in lower case, or "".
func nameOf(v value.Value) string {
	text, err := textOf(v)
	if err != nil {
		return ""
	}
	return strings.ToLower(text)
}
