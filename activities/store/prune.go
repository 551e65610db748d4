package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/weir-run/weir/definition"
)

// How pruning ends a version without ever taking a text from a run: PruneGrace is how long after its pruning a run that was
// acknowledged before may still begin on it; KeepPruned is how long the text stays. In between lie the 30 days that a run may take.
const (
	PruneGrace = 24 * time.Hour
	KeepPruned = PruneGrace + 31*24*time.Hour

	// beginTTL is how old a run's knowledge of marks may be when it begins: what is short beside PruneGrace.
	beginTTL = time.Hour
)

// ErrLive says that a version can't be pruned because it is the live one.
var ErrLive = errors.New("the version is live")

// PrunedError refuses a start on a version that was pruned. It is an ErrNotFound, too.
type PrunedError struct {
	Slug   string
	Number int
	At     time.Time
}

func (e *PrunedError) Error() string {
	return fmt.Sprintf("version %d of %s was pruned at %s", e.Number, e.Slug, e.At.Format(time.RFC3339))
}

// Is makes it an ErrNotFound.
func (e *PrunedError) Is(target error) bool { return target == ErrNotFound }

// mark is what is known of a version's mark: pruned at, or not yet when it was looked for.
type mark struct {
	At   time.Time `json:"at"`
	seen time.Time
}

// Prune takes a version out of use: from now on nothing starts on it. Its text stays for KeepPruned, for whatever was started at the same
// moment. Pruning it again changes nothing. Errors: ErrNotFound, ErrLive. A version that isn't live never becomes live again, which is why asking first is enough.
func (v *Versions) Prune(ctx context.Context, slug string, number int) error {
	if _, err := v.Version(ctx, slug, number); err != nil {
		return err
	}
	live, err := v.newest(ctx, slug)
	if err != nil {
		return fmt.Errorf("prune version %d of %s: %w", number, slug, err)
	}
	if number >= live {
		return fmt.Errorf("prune version %d of %s: %w", number, slug, ErrLive)
	}
	data, err := json.Marshal(mark{At: v.now().UTC().Truncate(time.Millisecond)})
	if err == nil {
		_, err = v.objects.Claim(ctx, markName(slug, number), data, PutOptions{ContentType: "application/json"})
	}
	if err != nil {
		return fmt.Errorf("prune version %d of %s: %w", number, slug, err)
	}
	v.mu.Lock()
	delete(v.marks, recordName(slug, number))
	v.mu.Unlock()
	return nil
}

// Discard deletes the text of a version that was pruned more than KeepPruned ago, and tells whether it was time. Its number and digest stay on record.
func (v *Versions) Discard(ctx context.Context, slug string, number int) (bool, error) {
	at, err := v.prunedAt(ctx, slug, number, LiveTTL)
	if err != nil || at.IsZero() || v.now().Sub(at) < KeepPruned {
		return false, err
	}
	record, err := v.Version(ctx, slug, number)
	if err != nil {
		return false, err
	}
	if record.Text == "" {
		return false, nil // other versions may share that copy
	}
	if err := v.objects.Delete(ctx, record.Text); err != nil {
		return false, fmt.Errorf("discard version %d of %s: %w", number, slug, err)
	}
	return true, nil
}

// Get is a version's definition, parsed and shared, for a run that somebody asks for. Errors: ErrNotFound, *PrunedError.
func (v *Versions) Get(ctx context.Context, slug string, number int) (*definition.Flow, error) {
	at, err := v.prunedAt(ctx, slug, number, LiveTTL)
	if err != nil {
		return nil, err
	}
	if !at.IsZero() {
		return nil, &PrunedError{Slug: slug, Number: number, At: at}
	}
	return v.Kept(ctx, slug, number)
}

// Begin is a version's definition for a run that was acknowledged and begins: for PruneGrace a pruned version will do.
// Errors: ErrNotFound, *PrunedError.
func (v *Versions) Begin(ctx context.Context, slug string, number int) (*definition.Flow, error) {
	at, err := v.prunedAt(ctx, slug, number, beginTTL)
	if err != nil {
		return nil, err
	}
	if !at.IsZero() && v.now().Sub(at) >= PruneGrace {
		return nil, &PrunedError{Slug: slug, Number: number, At: at}
	}
	return v.Kept(ctx, slug, number)
}

// prunedAt is when a version was pruned, zero if it wasn't. That it wasn't may be maxAge old. It costs the live version no look at the store.
func (v *Versions) prunedAt(ctx context.Context, slug string, number int, maxAge time.Duration) (time.Time, error) {
	key := recordName(slug, number)
	v.mu.Lock()
	known, ok := v.marks[key]
	live := v.live[slug]
	v.mu.Unlock()
	if number >= live.number && v.now().Sub(live.seen) < LiveTTL {
		return time.Time{}, nil
	}
	if ok && (!known.At.IsZero() || v.now().Sub(known.seen) < maxAge) {
		return known.At, nil
	}
	data, err := v.objects.Get(ctx, markName(slug, number), maxRecordBytes)
	if err == nil {
		err = json.Unmarshal(data, &known)
	}
	if errors.Is(err, ErrNotFound) {
		known, err = mark{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("version %d of %s: %w", number, slug, err)
	}
	known.seen = v.now()
	v.mu.Lock()
	v.marks[key] = known
	v.mu.Unlock()
	return known.At, nil
}

func markName(slug string, number int) string {
	return recordPrefix(slug) + strconv.Itoa(number) + markSuffix
}
