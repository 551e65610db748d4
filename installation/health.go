package installation

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/weir-run/weir/gateway"
)

const (
	healthTimeout = 5 * time.Second
	closeTimeout  = 5 * time.Second
)

// serveHealth answers /healthz and /readyz like a gateway, for a process that
// has no other door, until ctx is done.
func serveHealth(ctx context.Context, l net.Listener, checks []gateway.Check, log *slog.Logger) error {
	server := &http.Server{Handler: gateway.Health(checks, log), ReadTimeout: healthTimeout, WriteTimeout: 2 * healthTimeout}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve health checks: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop health checks: %w", err)
	}
	return nil
}
