package worker

import (
	"context"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/grpc"
)

// ClientOptions returns o with what Weir's clients need: payloads as plain JSON, and starts that can be repeated.
func ClientOptions(o client.Options) client.Options {
	o.DataConverter = DataConverter()
	if o.ConnectionOptions.GrpcCompression == nil {
		// Messages are small, and to compress them costs both sides more than all else that a client does.
		o.ConnectionOptions.GrpcCompression = &client.GrpcCompressionNone{}
	}
	o.ConnectionOptions.DialOptions = append([]grpc.DialOption{grpc.WithChainUnaryInterceptor(startRequests)},
		o.ConnectionOptions.DialOptions...)
	return o
}

// startCall is what the SDK keeps to itself about the start of a run: the request's id, by which the server knows a
// repeated one.
type startCall struct {
	requestID string // "" leaves the SDK's
	seen      bool
}

type startCallKey struct{}

func withStartCall(ctx context.Context, call *startCall) context.Context {
	return context.WithValue(ctx, startCallKey{}, call)
}

func startRequests(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	request, isStart := req.(*workflowservice.StartWorkflowExecutionRequest)
	call, ok := ctx.Value(startCallKey{}).(*startCall)
	if !isStart || !ok {
		return invoke(ctx, method, req, reply, cc, opts...)
	}
	call.seen = true
	if call.requestID != "" {
		request.RequestId = call.requestID
	}
	return invoke(ctx, method, req, reply, cc, opts...)
}
