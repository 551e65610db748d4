package console

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/weir-run/weir/worker"
)

// Bounds of the live streams.
const (
	// MaxStreams is how many are open at once in one gateway; more are asked to come again.
	MaxStreams = 100
	// streamLifetime is after how long a browser is made to ask again.
	streamLifetime = 10 * time.Minute
	writeTimeout   = 15 * time.Second
	beat           = 15 * time.Second // a sign of life where nothing changes
	fastLook       = 400 * time.Millisecond
	slowLook       = 3 * time.Second
)

// parts are what of a run's page changes: each is sent whole when it does.
var parts = []string{"state", "waits", "picture", "timeline"}

// live sends the parts of a run's page by server-sent events, as they change, until the run is over.
func (c *Console) live(w http.ResponseWriter, r *http.Request, s session) {
	select {
	case c.streams <- struct{}{}:
		defer func() { <-c.streams }()
	default:
		w.Header().Set("Retry-After", "5")
		c.notice(w, http.StatusServiceUnavailable, "Too many look on at once", "The page shows how things stood when it was opened; open it again to see more.")
		return
	}
	h := w.Header()
	headers(h)
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	stream := &stream{w: w, control: http.NewResponseController(w), sent: map[string][]byte{}}
	id, runID := r.URL.Query().Get("id"), r.URL.Query().Get("run-id")
	ends := time.NewTimer(min(streamLifetime, s.expires.Sub(c.Now())))
	defer ends.Stop()
	look, last := fastLook, time.Now()
	if stream.control.SetReadDeadline(time.Time{}) != nil { // the server's own would end the stream with the request's
		return
	}
	if stream.event("retry: 2000\n\n") != nil {
		return
	}
	for {
		changed, ended, err := c.news(r, stream, id, runID, s)
		switch {
		case err != nil || ended:
			return
		case changed:
			look, last = fastLook, time.Now()
		case time.Since(last) > beat:
			if stream.event(": still here\n\n") != nil {
				return
			}
			last = time.Now()
		default:
			look = min(look*5/4, slowLook)
		}
		pause := time.NewTimer(look)
		select {
		case <-pause.C:
			continue
		case <-r.Context().Done():
		case <-c.closing:
		case <-ends.C:
		}
		pause.Stop()
		return
	}
}

// news sends what has changed since.
func (c *Console) news(r *http.Request, to *stream, id, runID string, s session) (changed, ended bool, err error) {
	p, err := c.runPage(r.Context(), id, runID, s)
	if err != nil || (p.Unanswered && !p.Over) {
		return false, false, r.Context().Err() // Temporal, or the worker, may come back
	}
	for _, name := range parts {
		var text bytes.Buffer
		if err := templates.ExecuteTemplate(&text, name, p); err != nil {
			return changed, true, fmt.Errorf("render %s: %w", name, err)
		}
		if bytes.Equal(text.Bytes(), to.sent[name]) {
			continue
		}
		to.sent[name], changed = text.Bytes(), true
		if err := to.send("part", map[string]string{"name": name, "html": text.String()}); err != nil {
			return changed, true, err
		}
	}
	if changed {
		err = to.send("said", map[string]string{"text": saying(p), "title": p.WorkflowID + " · " + p.Status + " · Weir"})
	}
	if p.Over && err == nil {
		return changed, true, to.send("end", map[string]string{})
	}
	return changed, false, err
}

// saying is a run's state in a sentence, for who listens to the page.
func saying(p *runPage) string {
	switch {
	case p.Status == worker.StatusWaiting && len(p.Waits) > 0:
		return "The run waits for a decision: " + readable(p.Waits[0].Title, p.Waits[0].Step) + "."
	default:
		return "The run is " + words(p.Status) + "."
	}
}

// stream writes server-sent events; each write has its own deadline, as the server's is too short for a stream.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	sent    map[string][]byte // the parts, as last sent
}

func (s *stream) send(name string, data any) error {
	text, err := json.Marshal(data) // without line ends
	if err != nil {
		return err
	}
	return s.event("event: " + name + "\ndata: " + string(text) + "\n\n")
}

func (s *stream) event(text string) error {
	if err := s.control.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.control.Flush()
}
