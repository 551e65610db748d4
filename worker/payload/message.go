package payload

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/api/proxy"
	sdkpb "go.temporal.io/api/sdk/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

const (
	// MaxMessage is the size in bytes that a request to Temporal is kept to. The server takes messages of 4 MB, and lists of
	// payloads of 2 MB: half of that leaves room for what a server counts otherwise.
	MaxMessage = 1 << 20
	// LeastMoved is the size of the smallest payload that is moved for that.
	LeastMoved = 4 << 10
)

// fitting is the interceptor that keeps requests within MaxMessage: where many payloads, each of them small, make a large
// one, the largest go to the S3 store.
func (d *driver) fitting(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	if m, ok := req.(proto.Message); ok {
		if err := d.fit(ctx, m); err != nil {
			return fmt.Errorf("make %s fit: %w", method, err)
		}
	}
	return invoke(ctx, method, req, reply, cc, opts...)
}

// fit moves payloads out of a message until it is small enough, or none is left to move.
func (d *driver) fit(ctx context.Context, m proto.Message) error {
	over := proto.Size(m) - MaxMessage
	if over <= 0 {
		return nil
	}
	moving, err := chosen(ctx, m, over)
	if err != nil || len(moving) == 0 {
		return err
	}
	claims, err := d.Store(converter.StorageDriverStoreContext{Context: ctx}, moving)
	if err != nil {
		return err
	}
	moved := make(map[*commonpb.Payload]*commonpb.Payload, len(moving))
	for i, p := range moving {
		if moved[p], err = reference(p, claims[i]); err != nil {
			return err
		}
	}
	return visit(ctx, m, func(payloads []*commonpb.Payload) []*commonpb.Payload {
		out := slices.Clone(payloads)
		for i, p := range payloads {
			if r, ok := moved[p]; ok {
				out[i] = r
			}
		}
		return out
	})
}

// chosen are the largest payloads of a message that together make up for over bytes.
func chosen(ctx context.Context, m proto.Message, over int) ([]*commonpb.Payload, error) {
	var all []*commonpb.Payload
	err := visit(ctx, m, func(payloads []*commonpb.Payload) []*commonpb.Payload {
		for _, p := range payloads {
			if proto.Size(p) >= LeastMoved && !inline(p) && !isReference(p) && !encrypted(p) {
				all = append(all, p)
			}
		}
		return payloads
	})
	slices.SortStableFunc(all, func(a, b *commonpb.Payload) int { return cmp.Compare(proto.Size(b), proto.Size(a)) })
	for i, p := range all {
		if over <= 0 {
			return all[:i], err
		}
		over -= proto.Size(p) - referenceBytes
	}
	return all, err
}

// visit hands every list of payloads of a message to f, one after the other, and puts what it returns in its place.
func visit(ctx context.Context, m proto.Message, f func([]*commonpb.Payload) []*commonpb.Payload) error {
	return proxy.VisitPayloads(ctx, m, proxy.VisitPayloadsOptions{
		SkipSearchAttributes: true,
		Visitor: func(_ *proxy.VisitPayloadsContext, payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
			return f(payloads), nil
		},
	})
}

// What the SDK makes of a payload that it has stored, and knows again.
const (
	encodingReference = "json/protobuf"
	metadataMessage   = "messageType"
	referenceBytes    = 300
)

var messageReference = string((*sdkpb.ExternalStorageReference)(nil).ProtoReflect().Descriptor().FullName())

func isReference(p *commonpb.Payload) bool {
	m := p.GetMetadata()
	return string(m[converter.MetadataEncoding]) == encodingReference && string(m[metadataMessage]) == messageReference
}

func reference(p *commonpb.Payload, claim converter.StorageDriverClaim) (*commonpb.Payload, error) {
	data, err := protojson.Marshal(&sdkpb.ExternalStorageReference{DriverName: driverName, ClaimData: claim.ClaimData})
	if err != nil {
		return nil, fmt.Errorf("write reference: %w", err)
	}
	return &commonpb.Payload{
		Metadata:         map[string][]byte{converter.MetadataEncoding: []byte(encodingReference), metadataMessage: []byte(messageReference)},
		Data:             data,
		ExternalPayloads: []*commonpb.Payload_ExternalPayloadDetails{{SizeBytes: int64(proto.Size(p))}},
	}, nil
}

// claimOf reads a reference that this driver can resolve.
func claimOf(p *commonpb.Payload) (converter.StorageDriverClaim, error) {
	ref := &sdkpb.ExternalStorageReference{}
	if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(p.GetData(), ref); err != nil {
		return converter.StorageDriverClaim{}, fmt.Errorf("read reference: %w", err)
	}
	if ref.GetDriverName() != driverName {
		return converter.StorageDriverClaim{}, fmt.Errorf("read reference: it is of the driver %q", ref.GetDriverName())
	}
	return converter.StorageDriverClaim{ClaimData: ref.GetClaimData()}, nil
}
