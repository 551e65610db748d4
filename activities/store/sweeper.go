package store

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Ages after which a Sweeper removes what nobody needs any more.
const (
	// DefaultEphemeral is how long an ephemeral blob is kept.
	DefaultEphemeral = 7 * 24 * time.Hour
	// MaxUpload is how long the parts of an upload stay that nobody has finished.
	MaxUpload = 24 * time.Hour
)

// Sweeper removes what has expired. It needs no lifecycle rules of the store. Several may work at once.
type Sweeper struct {
	Objects   *Objects
	Ephemeral time.Duration // how long ephemeral blobs are kept; 0: for good
	Payloads  time.Duration // how long payloads are kept; 0: for good
	Now       func() time.Time
}

// Swept counts what was removed.
type Swept struct {
	Blobs, Uploads, Payloads int
}

// Sweep looks through the store once. What can't be removed now is left for the next time and told in the error.
func (s *Sweeper) Sweep(ctx context.Context) (Swept, error) {
	var done Swept
	now := time.Now
	if s.Now != nil {
		now = s.Now
	}
	at := now().UTC()
	var problems []error
	if s.Ephemeral > 0 {
		n, err := s.remove(ctx, blobPrefix+string(Ephemeral)+"/", func(info Info) bool { return info.Modified.Before(at.Add(-s.Ephemeral)) })
		done.Blobs = n
		problems = append(problems, err)
	}
	n, err := s.uploads(ctx, at.Add(-MaxUpload))
	done.Uploads = n
	problems = append(problems, err)
	if s.Payloads > 0 {
		n, err := s.payloads(ctx, at.Add(-s.Payloads).Format(dayFormat))
		done.Payloads = n
		problems = append(problems, err)
	}
	return done, errors.Join(problems...)
}

func (s *Sweeper) remove(ctx context.Context, prefix string, expired func(Info) bool) (int, error) {
	n := 0
	for info, err := range s.Objects.List(ctx, prefix, true) {
		if err == nil && expired(info) {
			if err = s.Objects.Delete(ctx, info.Name); err == nil {
				n++
			}
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// uploads gives up uploads that were begun before then and never finished.
func (s *Sweeper) uploads(ctx context.Context, then time.Time) (int, error) {
	n := 0
	for info, err := range s.Objects.List(ctx, uploadPrefix, true) {
		if err != nil {
			return n, err
		}
		if !info.Modified.Before(then) {
			continue
		}
		if name, ok := noted(info.Name); ok {
			if err := s.Objects.abort(ctx, name); err != nil {
				return n, err
			}
		}
		if err := s.Objects.Delete(ctx, info.Name); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// payloads removes whole days that end before the given one.
func (s *Sweeper) payloads(ctx context.Context, day string) (int, error) {
	n := 0
	for info, err := range s.Objects.List(ctx, payloadPrefix, false) {
		if err != nil {
			return n, err
		}
		of := strings.TrimSuffix(strings.TrimPrefix(info.Name, payloadPrefix), "/")
		if _, err := time.Parse(dayFormat, of); err != nil || of >= day {
			continue
		}
		removed, err := s.remove(ctx, info.Name, func(Info) bool { return true })
		n += removed
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
