//go:build !slim

package embedded

import (
	"context"
	"fmt"
	"time"

	uiserver "github.com/temporalio/ui-server/v2/server"
	uiconfig "github.com/temporalio/ui-server/v2/server/config"
	uioptions "github.com/temporalio/ui-server/v2/server/server_options"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// startUI serves Temporal's Web UI; its own Start blocks until Stop.
func startUI(opt TemporalOptions) *uiserver.Server {
	ui := uiserver.NewServer(uioptions.WithConfigProvider(&uiconfig.Config{
		Host:                Loopback,
		Port:                opt.UI,
		TemporalGRPCAddress: fmt.Sprintf("%s:%d", Loopback, opt.Frontend),
		EnableUI:            true,
		DefaultNamespace:    namespace,
		DisableNewsFetch:    true,
		HideLogs:            true,
		CORS:                uiconfig.CORS{CookieInsecure: true},
	}))
	go func() { _ = ui.Start() }()
	return ui
}

// awaitNamespace returns once the server at address knows the default
// namespace, which is the last thing that a client's first call needs.
func awaitNamespace(address string, limit time.Duration) error {
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return fmt.Errorf("dial the frontend: %w", err)
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	frontend := workflowservice.NewWorkflowServiceClient(conn)
	for {
		_, err = frontend.DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: namespace},
			grpc.WaitForReady(true))
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for the frontend: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
