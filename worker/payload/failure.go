package payload

import (
	"context"
	"fmt"

	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/api/proxy"
	"go.temporal.io/sdk/converter"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
)

// failures is the interceptor that makes payloads of what failures say, so that it is encrypted with the rest. The SDK's own
// converter leaves out failures that it has read before, those of local activities among them.
func failures(dc converter.DataConverter) grpc.UnaryClientInterceptor {
	return func(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
		m, ok := req.(proto.Message)
		if ok {
			var err error
			if m, err = withoutWords(ctx, dc, m); err != nil {
				return fmt.Errorf("encrypt failures of %s: %w", method, err)
			}
			req = m
		}
		return invoke(ctx, method, req, reply, cc, opts...)
	}
}

// withoutWords is the message with the texts of its failures in payloads: a copy where that makes a difference, as the SDK goes
// on with the failures that it sends.
func withoutWords(ctx context.Context, dc converter.DataConverter, m proto.Message) (proto.Message, error) {
	open := false
	err := visitFailures(ctx, m, func(f *failurepb.Failure) error {
		open = open || speaks(f)
		return nil
	})
	if err != nil || !open {
		return m, err
	}
	sealed := proto.Clone(m)
	return sealed, visitFailures(ctx, sealed, func(f *failurepb.Failure) error {
		if !speaks(f) {
			return nil
		}
		return converter.EncodeCommonFailureAttributes(dc, f)
	})
}

// speaks tells whether a failure says something in the open. One that the SDK has read does, beside the payload that it was read from.
func speaks(f *failurepb.Failure) bool {
	return f.GetEncodedAttributes() == nil || f.GetMessage() != wordless || f.GetStackTrace() != ""
}

// wordless is the message that the SDK gives to failures whose texts are in a payload.
const wordless = "Encoded failure"

func visitFailures(ctx context.Context, m proto.Message, f func(*failurepb.Failure) error) error {
	return proxy.VisitFailures(ctx, m, proxy.VisitFailuresOptions{
		Visitor: func(_ *proxy.VisitFailuresContext, failure *failurepb.Failure) error { return f(failure) },
	})
}
