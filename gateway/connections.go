package gateway

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
)

// connections write a line for each connection that ends in a request which never reached a handler: too slow, too large or
// malformed in its headers. Whatever reaches a handler has its line there.
type connections struct {
	log  *slog.Logger
	open sync.Map // net.Conn to *connection
}

// connection is unread from the first byte of a request until its handler begins.
type connection struct{ unread atomic.Bool }

type connectionKey struct{}

func (c *connections) watch(srv *http.Server) {
	srv.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		one := &connection{}
		c.open.Store(conn, one)
		return context.WithValue(ctx, connectionKey{}, one)
	}
	srv.ConnState = c.changed
}

func (c *connections) changed(conn net.Conn, state http.ConnState) {
	found, ok := c.open.Load(conn)
	if !ok {
		return
	}
	one := found.(*connection) //nolint:forcetypeassert // watch stores nothing else
	switch state {
	case http.StateActive:
		one.unread.Store(true)
	case http.StateIdle:
		one.unread.Store(false)
	case http.StateClosed, http.StateHijacked:
		c.open.Delete(conn)
		if one.unread.Load() {
			c.log.Info("request not taken", "remote", conn.RemoteAddr().String(), "refused", "the headers were malformed, too large or too slow")
		}
	}
}

// requested says that the connection's request has reached a handler.
func requested(ctx context.Context) {
	if one, ok := ctx.Value(connectionKey{}).(*connection); ok {
		one.unread.Store(false)
	}
}
