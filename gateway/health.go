package gateway

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// CheckTimeout is how long one check of /readyz may take.
const CheckTimeout = 2 * time.Second

// checkPeriod is how long a verdict of /readyz stands, so that asking often costs nothing behind the gateway.
const checkPeriod = time.Second

// Check is one thing that the gateway needs to be of use.
type Check struct {
	Name string // temporal, redis, s3
	Run  func(ctx context.Context) error
}

// readiness runs the checks, all at once, at most once a period.
type readiness struct {
	checks []Check
	now    func() time.Time
	log    *slog.Logger
	// draining says that the process is about to stop: it takes no more.
	draining atomic.Bool

	mu      sync.Mutex
	at      time.Time
	verdict map[string]error
}

// run returns each check's error, nil for the good ones.
func (p *readiness) run(ctx context.Context) map[string]error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if age := p.now().Sub(p.at); p.verdict != nil && age >= 0 && age < checkPeriod {
		return p.verdict
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), CheckTimeout)
	defer cancel()
	errs := make([]error, len(p.checks))
	var wg sync.WaitGroup
	for i, c := range p.checks {
		wg.Go(func() { errs[i] = c.Run(ctx) })
	}
	wg.Wait()
	p.verdict = make(map[string]error, len(errs))
	for i, c := range p.checks {
		p.verdict[c.Name] = errs[i]
	}
	p.at = p.now()
	return p.verdict
}

// Health answers GET /healthz and GET /readyz, for a process that has no other door.
func Health(checks []Check, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	health(mux, &readiness{checks: checks, now: time.Now, log: log})
	return mux
}

func health(mux *http.ServeMux, p *readiness) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	mux.HandleFunc("GET /readyz", p.ready)
}

// ready answers 200 if all that is needed can be reached, else 503. It says
// which one is away; why, it tells only the log.
func (p *readiness) ready(w http.ResponseWriter, r *http.Request) {
	answer := struct {
		Status string            `json:"status"`
		Checks map[string]string `json:"checks"`
	}{"ready", map[string]string{}}
	status := http.StatusOK
	if p.draining.Load() {
		answer.Status = "stopping"
		writeJSON(w, http.StatusServiceUnavailable, answer)
		return
	}
	for name, err := range p.run(r.Context()) {
		answer.Checks[name] = "ok"
		if err != nil {
			answer.Checks[name], answer.Status, status = "unreachable", "not ready", http.StatusServiceUnavailable
			p.log.Warn("not ready", "check", name, "error", err)
		}
	}
	writeJSON(w, status, answer)
}
