package installation

import (
	"context"
	"errors"
	"fmt"
	"net"
)

// Serve runs the worker, the gateway or both until ctx is done, and then lets
// what is under way finish. A worker alone answers health checks where a gateway
// would listen.
func (i *Installation) Serve(ctx context.Context, role Role) error {
	l, err := net.Listen("tcp", i.Settings.Listen)
	if err != nil {
		return fmt.Errorf("listen (WEIR_LISTEN): %w", err)
	}
	secure, err := i.openTLS(l)
	if err == nil {
		err = i.serveMetrics(ctx)
	}
	if err != nil {
		return errors.Join(err, l.Close())
	}
	l = secure
	if role&Worker != 0 {
		stop, err := i.StartWorker()
		if err != nil {
			return errors.Join(err, l.Close())
		}
		defer stop()
	}
	i.log.Info("serving", "address", l.Addr().String(), "worker", role&Worker != 0, "gateway", role&Gateway != 0)
	if role&Gateway == 0 {
		return serveHealth(ctx, l, i.Checks(), i.log)
	}
	server, err := i.NewGateway()
	if err != nil {
		return errors.Join(err, l.Close())
	}
	return server.Serve(ctx, l)
}
