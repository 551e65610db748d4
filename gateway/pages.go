package gateway

import (
	"fmt"
	"net/http"

	"github.com/weir-run/weir/gateway/access"
	"github.com/weir-run/weir/gateway/console"
)

// PagesOptions configure the pages for operators.
type PagesOptions struct {
	Flows      console.Flows // nil: there are no pages
	TemporalUI string        // the Temporal Web UI's address of the namespace, "" for none
	// Loopback lets browsers on this machine in without signing in: for dev mode only.
	Loopback bool
}

// consoleAccess lets who has a token that may do everything sign in to the pages.
type consoleAccess struct{ tokens *access.Book }

// SignIn checks a token.
func (a consoleAccess) SignIn(token string) (string, bool) {
	t := a.tokens.Find(token)
	if t == nil || !t.Full() {
		return "", false
	}
	return t.ID, true
}

// Key derives the sessions' key from the token: who changes the token, or what it may do, ends all its sessions.
func (a consoleAccess) Key(id string) []byte {
	t := a.tokens.ByID(id)
	if t == nil || !t.Full() {
		return nil
	}
	return t.Key()
}

// openPages makes the console, if there is a token to sign in with.
func (s *Server) openPages(o Options) error {
	if s.tokens.Empty() || o.Pages.Flows == nil {
		return nil
	}
	var err error
	s.console, err = console.New(console.Options{
		Runs: s.runs, Flows: o.Pages.Flows, Access: consoleAccess{s.tokens}, PublicURL: s.base,
		TemporalUI: o.Pages.TemporalUI, Loopback: o.Pages.Loopback, Now: s.now, Logger: s.log,
	})
	if err != nil {
		return fmt.Errorf("gateway: %w", err)
	}
	return nil
}

// pages adds the routes of the pages.
func (s *Server) pages(mux *http.ServeMux) {
	if s.console == nil {
		return
	}
	mux.Handle(console.Path, s.console.Handler(func(next http.HandlerFunc) http.Handler { return s.bounded(next) }))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, s.prefix()+console.Path, http.StatusSeeOther)
	})
}

// Closing ends what would keep a server from stopping: hand it to http.Server.RegisterOnShutdown. From then on, the
// gateway isn't ready.
func (s *Server) Closing() {
	s.readiness.draining.Store(true)
	if s.console != nil {
		s.console.Close()
	}
}
