package gateway

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"slices"

	"github.com/weir-run/weir/gateway/access"
)

type tokenKey struct{}

// tokenOf is the token that a request came with, after authorized.
func tokenOf(ctx context.Context) *access.Token {
	t, _ := ctx.Value(tokenKey{}).(*access.Token)
	return t
}

// authorized lets requests through that come with a token of the API.
func (s *Server) authorized(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		t := s.tokens.Find(bearer(r))
		if t == nil {
			note(r.Context(), slog.String("refused", "API token"))
			w.Header().Set("WWW-Authenticate", `Bearer realm="weir"`)
			writeProblem(w, problem{status: http.StatusUnauthorized, Code: "unauthorized", Message: "send Authorization: Bearer and the API token"})
			return
		}
		note(r.Context(), slog.String("token", t.ID))
		next(w, r.WithContext(context.WithValue(r.Context(), tokenKey{}, t)))
	}
}

// scoped is authorized for those whose token has a scope; with which flows is for next to ask.
func (s *Server) scoped(scope access.Scope, next http.HandlerFunc) http.HandlerFunc {
	return s.authorized(func(w http.ResponseWriter, r *http.Request) {
		if s.hasScope(w, r, scope) {
			next(w, r)
		}
	})
}

// scopedToAll is scoped for what shows every flow.
func (s *Server) scopedToAll(scope access.Scope, next http.HandlerFunc) http.HandlerFunc {
	return s.scoped(scope, func(w http.ResponseWriter, r *http.Request) {
		if !tokenOf(r.Context()).MayWithAll(scope) {
			refuseFlow(w, r)
			return
		}
		next(w, r)
	})
}

func (s *Server) hasScope(w http.ResponseWriter, r *http.Request, scope access.Scope) bool {
	if slices.Contains(tokenOf(r.Context()).Scopes, scope) {
		return true
	}
	note(r.Context(), slog.String("refused", "scope"))
	writeProblem(w, problem{status: http.StatusForbidden, Code: "forbidden", Message: "this token lacks the scope " + string(scope)})
	return false
}

// isFor tells whether the request's token is for a flow, and refuses the request otherwise.
func (s *Server) isFor(w http.ResponseWriter, r *http.Request, slug string) bool {
	if t := tokenOf(r.Context()); len(t.Flows) == 0 || slices.Contains(t.Flows, slug) {
		return true
	}
	refuseFlow(w, r)
	return false
}

func refuseFlow(w http.ResponseWriter, r *http.Request) {
	note(r.Context(), slog.String("refused", "flow"))
	writeProblem(w, problem{status: http.StatusForbidden, Code: "forbidden", Message: "this token is for some flows only: name one of them (flow=)"})
}

// isForRun is isFor of a run's flow. The run itself says which that is: anybody may start a run under any workflow ID. A run of
// another flow looks like none.
func (s *Server) isForRun(w http.ResponseWriter, r *http.Request, id, runID string) bool {
	t := tokenOf(r.Context())
	if len(t.Flows) == 0 {
		return true
	}
	run, err := s.runs.Describe(r.Context(), id, runID)
	switch {
	case err != nil:
		s.writeRunError(w, r, err)
	case !slices.Contains(t.Flows, run.Slug):
		note(r.Context(), slog.String("refused", "flow"))
		writeProblem(w, problemNoRun)
	default:
		return true
	}
	return false
}

// by is who did something over the API: what the caller says, or else the token's id.
func by(r *http.Request, said string) string { return cmp.Or(said, tokenOf(r.Context()).ID) }
