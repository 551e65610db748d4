package payload

import (
	"context"
	"fmt"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/proto"

	"github.com/weir-run/weir/activities/store"
)

const (
	// Threshold is the size in bytes from which on a payload goes to the S3 store. Smaller ones stay readable in the history.
	Threshold = 128 << 10

	// driverName and claimName are in histories.
	driverName = "weir"
	claimName  = "object"
)

// MetadataPlace is the key of a payload's metadata that says where it has to stay; Inline is the value that keeps it in
// the history, whatever its size: what a replay must find without any store, and what outlives every run.
const (
	MetadataPlace = "weir-place"
	Inline        = "inline"
)

func inline(p *commonpb.Payload) bool { return string(p.GetMetadata()[MetadataPlace]) == Inline }

// driver keeps payloads in the S3 store, for the SDK.
type driver struct {
	payloads *store.Payloads
	codec    *Codec // nil: they are kept as they are
}

func (d *driver) Name() string { return driverName }
func (d *driver) Type() string { return "weir-s3" }

// SelectDriver leaves payloads where they are that have to stay there.
func (d *driver) SelectDriver(_ converter.StorageDriverSelectContext, p *commonpb.Payload) (converter.StorageDriver, error) {
	if inline(p) {
		return nil, nil
	}
	return d, nil
}

// Store keeps the payloads.
func (d *driver) Store(ctx converter.StorageDriverStoreContext, payloads []*commonpb.Payload) ([]converter.StorageDriverClaim, error) {
	claims := make([]converter.StorageDriverClaim, len(payloads))
	limiter := ctx.GetLimiter()
	group, within := errgroup.WithContext(ctx.Context)
	for i, p := range payloads {
		group.Go(func() error {
			return limiter.Permit(within, p, func() error {
				name, err := d.put(within, p)
				claims[i].ClaimData = map[string]string{claimName: name}
				return err
			})
		})
	}
	return claims, group.Wait()
}

// Retrieve reads payloads again.
func (d *driver) Retrieve(ctx converter.StorageDriverRetrieveContext, claims []converter.StorageDriverClaim) ([]*commonpb.Payload, error) {
	payloads := make([]*commonpb.Payload, len(claims))
	limiter := ctx.GetLimiter()
	group, within := errgroup.WithContext(ctx.Context)
	for i, claim := range claims {
		group.Go(func() error {
			return limiter.Permit(within, claim, func() error {
				var err error
				payloads[i], err = d.get(within, claim.ClaimData[claimName])
				return err
			})
		})
	}
	return payloads, group.Wait()
}

func (d *driver) put(ctx context.Context, p *commonpb.Payload) (string, error) {
	if d.codec != nil {
		var err error
		if p, err = d.codec.seal(p); err != nil {
			return "", err
		}
	}
	data, err := proto.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("write payload: %w", err)
	}
	return d.payloads.Put(ctx, data)
}

func (d *driver) get(ctx context.Context, name string) (*commonpb.Payload, error) {
	data, err := d.payloads.Get(ctx, name)
	if err != nil {
		return nil, err
	}
	p := &commonpb.Payload{}
	if err := proto.Unmarshal(data, p); err != nil {
		return nil, fmt.Errorf("read payload %s: %w", name, err)
	}
	return open(d.codec, p)
}
