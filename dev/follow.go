package dev

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/weir-run/weir/dev/view"
	"github.com/weir-run/weir/gateway"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// look is how often a run is asked what it did.
const look = 100 * time.Millisecond

// viewer shows a run; package view has two.
type viewer interface {
	Show(view.Frame)
	Note(text string)
	Close()
}

// follower starts a run, shows it, and answers its waits.
type follower struct {
	installation *installation.Installation
	links        *gateway.Links
	show         viewer
	action       string // what answers waits by itself, or ""
	answered     map[string]bool

	mu     sync.Mutex
	latest map[string]view.Links
}

// start starts a run of slug. A refused input is a *UsageError.
func (f *follower) start(ctx context.Context, slug string, input value.Value) (worker.Started, error) {
	started, err := f.installation.Starter.Start(ctx, worker.StartRequest{Slug: slug, Input: input})
	var refused *worker.InputError
	if errors.As(err, &refused) {
		return started, &UsageError{refused}
	}
	return started, err
}

// follow shows the run until it is over and answers its result. A run that did
// not complete is a *worker.RunError.
func (f *follower) follow(ctx context.Context, run worker.Started) (json.RawMessage, error) {
	for {
		t, err := f.installation.Starter.Timeline(ctx, run.WorkflowID, run.RunID)
		switch {
		case err == nil:
			frame := view.Frame{Timeline: t, Links: f.linksOf(ctx, run, t)}
			f.mu.Lock()
			f.latest = frame.Links
			f.mu.Unlock()
			f.show.Show(frame)
			if t.Status != worker.StatusRunning && t.Status != worker.StatusWaiting {
				return f.installation.Starter.Result(ctx, run.WorkflowID, run.RunID)
			}
			f.answer(ctx, frame)
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !errors.Is(err, worker.ErrUnavailable):
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(look):
		}
	}
}

// linksOf makes the two links of every open wait, as its notification has them.
func (f *follower) linksOf(ctx context.Context, run worker.Started, t worker.Timeline) map[string]view.Links {
	if t.Status != worker.StatusWaiting {
		return nil
	}
	waits, err := f.installation.Starter.Waits(ctx, run.WorkflowID, run.RunID)
	if err != nil {
		return nil // the next look asks again
	}
	links := map[string]view.Links{}
	for _, w := range waits {
		claims := token.Claims{
			WorkflowID: t.WorkflowID, FirstRunID: t.RunID, RunID: t.RunID,
			Key: w.Key, Occurrence: w.Occurrence, Expires: w.Deadline, Action: token.Approve,
		}
		approve, err := f.links.URL(claims)
		if err != nil {
			continue // a wait whose key fits no link can still be resumed by name
		}
		reject, err := f.links.URL(claims.With(token.Reject))
		if err != nil {
			continue
		}
		links[w.Key] = view.Links{Approve: approve, Reject: reject}
	}
	return links
}

// answer decides the open waits by their links, as a user would, each once.
func (f *follower) answer(ctx context.Context, frame view.Frame) {
	if f.action == "" {
		return
	}
	for key, links := range frame.Links {
		link := links.Approve
		if f.action == token.Reject {
			link = links.Reject
		}
		if f.answered[link] {
			continue
		}
		if err := post(ctx, link); err != nil {
			if ctx.Err() == nil && !errors.Is(err, errAgain) {
				f.answered[link] = true
				f.show.Note(fmt.Sprintf("%s %s: %v", f.action, key, err))
			}
			continue
		}
		f.answered[link] = true
	}
}

// byHand decides a wait whose key the user pressed.
func (f *follower) byHand(ctx context.Context, key, action string) error {
	f.mu.Lock()
	links := f.latest[key]
	f.mu.Unlock()
	link := links.Approve
	if action == token.Reject {
		link = links.Reject
	}
	if link == "" {
		return fmt.Errorf("wait %s is over", key)
	}
	return post(ctx, link)
}

// errAgain says that a link may be tried once more.
var errAgain = errors.New("the gateway asks to try again")

// post follows an approval link.
func post(ctx context.Context, link string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, link, http.NoBody)
	if err != nil {
		return err
	}
	request.Header.Set("Accept", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var refusal struct {
		Message string `json:"message"`
		Outcome string `json:"outcome"`
	}
	_ = json.NewDecoder(response.Body).Decode(&refusal) // the status alone tells enough
	switch {
	case response.StatusCode == http.StatusOK, response.StatusCode == http.StatusAccepted, response.StatusCode == http.StatusConflict:
		return nil
	case response.StatusCode == http.StatusServiceUnavailable:
		return errAgain
	}
	return errors.New(strings.TrimSpace(response.Status + " " + refusal.Message + refusal.Outcome))
}
