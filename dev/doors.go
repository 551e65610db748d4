package dev

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/weir-run/weir/dev/outbox"
	"github.com/weir-run/weir/dev/standin"
)

// doors are the HTTP servers of dev mode: the gateway with the outbox beside it,
// and the stand-ins.
type doors struct {
	servers []*http.Server
	wg      sync.WaitGroup
}

const (
	outboxPath   = "/outbox"
	headerLimit  = 10 * time.Second
	closingLimit = 5 * time.Second
)

// open serves handler on address until close, which calls closing first.
func (d *doors) open(address string, handler http.Handler, closing ...func()) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: headerLimit}
	for _, f := range closing {
		server.RegisterOnShutdown(f)
	}
	d.servers = append(d.servers, server)
	d.wg.Go(func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			_ = l.Close()
		}
	})
	return nil
}

// close lets requests under way finish, for a while.
func (d *doors) close() {
	ctx, cancel := context.WithTimeout(context.Background(), closingLimit)
	defer cancel()
	for _, s := range d.servers {
		if s.Shutdown(ctx) != nil {
			_ = s.Close()
		}
	}
	d.wg.Wait()
}

// withOutbox serves the outbox beside the gateway.
func withOutbox(gateway http.Handler, box *outbox.Box) http.Handler {
	mux := http.NewServeMux()
	mux.Handle(outboxPath, box)
	mux.Handle("/", gateway)
	return mux
}

// collect keeps what notifications send to stand-ins.
func collect(standins *standin.Server, box *outbox.Box, isChannel func(slug, slot string) bool) {
	standins.Watch(func(r standin.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead || !isChannel(r.Flow, r.Slot) {
			return
		}
		box.Add(outbox.Message{At: r.At, Flow: r.Flow, Slot: r.Slot, Method: r.Method, Path: r.Path, Status: r.Status, Body: r.Body})
	})
}

// toldMessage is a message as the terminal shows it.
func toldMessage(m outbox.Message) string {
	text := fmt.Sprintf("outbox %s :%s %s %s", m.Flow, m.Slot, m.Method, m.Path)
	for _, link := range m.Links() {
		text += fmt.Sprintf("\n  %s %s", link.Label, link.URL)
	}
	return text
}
