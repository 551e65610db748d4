package store

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"
)

// Stored is a blob as a list shows it.
type Stored struct {
	Ref
	Tier     Tier
	Slug     string
	Run      string
	Modified time.Time
}

// List gives the blobs of a tier, by their names: all of them, those of a flow, or those of a flow's run.
func (b *Blobs) List(ctx context.Context, tier Tier, slug, run string) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		prefix := blobPrefix + string(tier) + "/"
		if slug != "" {
			prefix += pathPart(slug) + "/"
		}
		if slug != "" && run != "" {
			prefix += pathPart(run) + "/"
		}
		for info, err := range b.objects.List(ctx, prefix, true) {
			if err != nil {
				yield(Stored{}, err)
				return
			}
			s, ok, err := b.stored(ctx, info)
			if err == nil && (!ok || run != "" && s.Run != run) {
				continue
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

func (b *Blobs) stored(ctx context.Context, info Info) (Stored, bool, error) {
	parts := strings.Split(strings.TrimPrefix(info.Name, blobPrefix), "/")
	if len(parts) != 5 || !isTier(parts[0]) {
		return Stored{}, false, nil
	}
	uri, err := b.of(ctx, strings.Join(parts[:4], "/"), parts[1], false)
	return Stored{Ref: Ref{URI: uri, Size: info.Size}, Tier: Tier(parts[0]), Slug: parts[1], Run: parts[2], Modified: info.Modified}, true, err
}

// Stat describes a blob. Errors as of Open.
func (b *Blobs) Stat(ctx context.Context, uri, reader string) (Ref, error) {
	name, err := b.locate(ctx, uri, reader)
	if err != nil {
		return Ref{}, err
	}
	info, err := b.objects.Stat(ctx, name)
	if err != nil {
		return Ref{}, fmt.Errorf("%s: %w", uri, err)
	}
	return Ref{URI: uri, ContentType: info.ContentType, Size: info.Size, SHA256: info.SHA256, Filename: info.Filename}, nil
}
