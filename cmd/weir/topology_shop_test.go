//go:build topology

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// shop is the world outside: orders and mail, which count what they are asked.
type shop struct {
	*httptest.Server
	mu    sync.Mutex
	keys  map[string][]string // of fulfilments, by path
	mails []string
	heard []string                 // Authorization headers
	hold  map[string]chan struct{} // fulfilments of these orders are answered once the channel closes
	held  chan string
}

func openShop(t *testing.T) *shop {
	s := &shop{keys: map[string][]string{}, hold: map[string]chan struct{}{}, held: make(chan string, 100)}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.heard = append(s.heard, r.Header.Get("Authorization"))
	s.mu.Unlock()
	order := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch {
	case r.Header.Get("Authorization") != "Bearer "+orders && r.Header.Get("Authorization") != "Bearer "+mails:
		w.WriteHeader(http.StatusUnauthorized)
	case strings.HasSuffix(r.URL.Path, "/risk"):
		w.Header().Set("Content-Type", "application/edn")
		fmt.Fprint(w, `{:risk-level :high :score 91}`)
	case strings.HasSuffix(r.URL.Path, "/fulfill"):
		s.mu.Lock()
		s.keys[r.URL.Path] = append(s.keys[r.URL.Path], r.Header.Get("Idempotency-Key"))
		hold := s.hold[order[1]]
		s.mu.Unlock()
		if hold != nil {
			s.held <- order[1]
			<-hold
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, `{"fulfillment":"f-1"}`)
	case r.URL.Path == "/v3/mail/send":
		s.mu.Lock()
		s.mails = append(s.mails, string(body))
		s.mu.Unlock()
		w.WriteHeader(http.StatusAccepted)
	default:
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"id":%q}`, order[len(order)-1])
	}
}

func (s *shop) fulfilments(order string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.keys["/orders/"+order+"/fulfill"]...)
}

func (s *shop) authorized() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.heard, "\n")
}

// mailed finds the mails that hold all of the words.
func (s *shop) mailed(words ...string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []string
next:
	for _, m := range s.mails {
		for _, word := range words {
			if !strings.Contains(m, word) {
				continue next
			}
		}
		found = append(found, m)
	}
	return found
}
