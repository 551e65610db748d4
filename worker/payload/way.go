package payload

import (
	"context"
	"fmt"
	"net/http"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/api/proxy"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"github.com/weir-run/weir/activities/store"
)

// Way is what happens to payloads between this process and Temporal. The zero Way lets them pass as they are.
type Way struct {
	driver *driver
	codec  *Codec
}

// NewWay makes the way of an installation: large payloads go to the store, and with keys all are encrypted.
func NewWay(payloads *store.Payloads, keys Keys) (Way, error) {
	codec, err := NewCodec(keys)
	return Way{driver: &driver{payloads: payloads, codec: codec}, codec: codec}, err
}

// Storage is how the SDK stores and finds large payloads.
func (w Way) Storage() converter.ExternalStorage {
	if w.driver == nil {
		return converter.ExternalStorage{}
	}
	return converter.ExternalStorage{
		Drivers: []converter.StorageDriver{w.driver}, DriverSelector: w.driver, PayloadSizeThreshold: Threshold,
	}
}

// Apply sets up a client whose data converter is set already.
func (w Way) Apply(o client.Options) (client.Options, error) {
	if w.driver == nil {
		return o, nil
	}
	o.ExternalStorage = w.Storage()
	chain := []grpc.UnaryClientInterceptor{w.driver.fitting}
	if w.codec != nil {
		encrypting, err := converter.NewPayloadCodecGRPCClientInterceptor(converter.PayloadCodecGRPCClientInterceptorOptions{
			Codecs: []converter.PayloadCodec{w.codec},
		})
		if err != nil {
			return o, fmt.Errorf("encrypt payloads: %w", err)
		}
		chain = append(chain, failures(o.DataConverter), encrypting)
		// What errors say may hold as much as any value.
		o.FailureConverter = temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{
			DataConverter: o.DataConverter, EncodeCommonAttributes: true,
		})
	}
	o.ConnectionOptions.DialOptions = append([]grpc.DialOption{grpc.WithChainUnaryInterceptor(chain...)}, o.ConnectionOptions.DialOptions...)
	return o, nil
}

// Resolve puts payloads in the place of all references in a message, a history for example, so that it can be read and replayed
// without the store.
func (w Way) Resolve(ctx context.Context, m proto.Message) error {
	return proxy.VisitPayloads(ctx, m, proxy.VisitPayloadsOptions{
		SkipSearchAttributes: true,
		Visitor: func(_ *proxy.VisitPayloadsContext, payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
			return each(payloads, func(p *commonpb.Payload) (*commonpb.Payload, error) { return w.resolve(ctx, p) })
		},
	})
}

func (w Way) resolve(ctx context.Context, p *commonpb.Payload) (*commonpb.Payload, error) {
	if w.driver == nil || !isReference(p) {
		return p, nil
	}
	claim, err := claimOf(p)
	if err != nil {
		return nil, err
	}
	return w.driver.get(ctx, claim.ClaimData[claimName])
}

// Handler answers Temporal's Web UI and CLI, which ask for payloads to be decoded (POST .../decode, .../encode,
// .../download): it decrypts them and fetches those in the store.
func (w Way) Handler() (http.Handler, error) {
	o := converter.PayloadHTTPHandlerOptions{ExternalStorage: w.Storage()}
	if w.codec != nil {
		o.PostStorageCodecs = []converter.PayloadCodec{w.codec}
	}
	return converter.NewPayloadHTTPHandler(o)
}
