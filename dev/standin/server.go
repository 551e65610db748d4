package standin

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Server answers for the slots of many flows: a request for /{flow}/{slot}/PATH
// is answered as PATH by that flow's book. It is safe for concurrent use.
type Server struct {
	mu     sync.Mutex
	books  map[string]*Book
	calls  map[string]int // by flow, slot, route and path
	record record
}

// NewServer returns a server without books.
func NewServer() *Server {
	return &Server{books: map[string]*Book{}, calls: map[string]int{}}
}

// Use makes book the one of flow; its successive answers begin anew.
func (s *Server) Use(flow string, book *Book) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[flow] = book
	for key := range s.calls {
		if strings.HasPrefix(key, flow+"\x00") {
			delete(s.calls, key)
		}
	}
}

// Path is where the stand-in of a flow's slot is served, without a trailing
// slash: a base URL for the slot ends with it.
func Path(flow, slot string) string {
	return "/" + url.PathEscape(flow) + "/" + url.PathEscape(slot)
}

// Requests answers the requests so far, oldest first.
func (s *Server) Requests() []Request { return s.record.all() }

// Watch calls f with every request from now on, once it is answered.
func (s *Server) Watch(f func(Request)) { s.record.watch(f) }

// ServeHTTP answers a request from its book and records it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	parts := strings.SplitN(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/", 3)
	if len(parts) < 2 {
		http.Error(w, "this port serves stand-ins, at /{flow}/{slot}/...", http.StatusNotFound)
		return
	}
	flow, slot := unescape(parts[0]), unescape(parts[1])
	path := "/"
	if len(parts) == 3 {
		path += parts[2]
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxRecordedBody))
	if err == nil {
		_, err = io.Copy(io.Discard, r.Body)
	}
	if err != nil {
		return // the caller went away in the middle of its request
	}
	request := Request{
		At: time.Now(), Flow: flow, Slot: slot, Method: r.Method, Path: unescape(path),
		Header: keptHeader(r.Header), Body: string(body), Authorized: r.Header.Get("Authorization") != "",
	}
	chosen, given, ok := s.choose(flow, slot, r.Method, path)
	if !ok {
		request.Status = http.StatusNotFound
		s.refuse(w, request)
		s.record.add(request)
		return
	}
	request.Route, request.Status = chosen.String(), given.status
	if given.delay > 0 {
		timer := time.NewTimer(given.delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
			s.record.add(request)
			return
		}
	}
	for name, values := range given.header {
		w.Header()[name] = values
	}
	s.record.add(request)
	w.WriteHeader(given.status)
	_, _ = w.Write(given.body)
}

// choose finds the route and, of its answers, the one whose turn it is for
// this very path.
func (s *Server) choose(flow, slot, method, path string) (route, answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	book := s.books[flow]
	if !book.Has(slot) {
		return route{}, answer{}, false
	}
	r, ok := find(book.slots[slot], method, path)
	if !ok {
		return route{}, answer{}, false
	}
	key := strings.Join([]string{flow, slot, r.String(), path}, "\x00")
	turn := s.calls[key]
	if turn < len(r.answers)-1 {
		s.calls[key] = turn + 1
	}
	return r, r.answers[turn], true
}

// refuse tells what was asked for, what the book offers, and where to add it.
func (s *Server) refuse(w http.ResponseWriter, request Request) {
	s.mu.Lock()
	book := s.books[request.Flow]
	s.mu.Unlock()
	help := struct {
		Error  string   `json:"error"`
		Slot   string   `json:"slot"`
		Asked  string   `json:"asked"`
		Routes []string `json:"routes,omitempty"`
		Slots  []string `json:"slots,omitempty"`
		Hint   string   `json:"hint"`
	}{
		Error: "no stand-in answers this request",
		Slot:  ":" + request.Slot,
		Asked: fmt.Sprintf("[:%s %q]", strings.ToLower(request.Method), request.Path),
	}
	switch {
	case book == nil:
		help.Hint = fmt.Sprintf("flow %q has no stubs file", request.Flow)
	case !book.Has(request.Slot):
		help.Slots, help.Hint = book.Slots(), "add the slot to "+book.File
	default:
		for _, r := range book.slots[request.Slot] {
			help.Routes = append(help.Routes, r.String())
		}
		help.Hint = fmt.Sprintf("add %s {:status 200 :json {}} under %s in %s", help.Asked, help.Slot, book.File)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusNotFound)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(help)
}

func unescape(segment string) string {
	if plain, err := url.PathUnescape(segment); err == nil {
		return plain
	}
	return segment
}
