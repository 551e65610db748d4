package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/weir-run/weir/definition"
)

// LiveTTL is how old the answer of Live may be.
const LiveTTL = time.Second

// maxCachedFlows bounds the parsed definitions that a process keeps.
const maxCachedFlows = 256

// maxRecordBytes bounds what a version's record may hold.
const maxRecordBytes = 64 << 10

// Version is one immutable text of a flow, under a number. The highest number is live.
type Version struct {
	Number int       `json:"-"`
	Digest string    `json:"digest"`
	File   string    `json:"file,omitempty"` // as positions name it
	At     time.Time `json:"at"`
	// Text names the object that holds the text. Each version has a copy of its own, so that pruning one takes nothing
	// from another of the same digest.
	Text string `json:"text,omitempty"`
	// Pruned is when it was taken out of use, zero if it wasn't. List sets it; records hold it not.
	Pruned time.Time `json:"-"`
}

// Versions keeps the versions of flows: flows/{slug}/{number}.json claims a number for a digest and names the text, a
// copy under texts/{digest}/. Neither ever changes; flows/{slug}/{number}.pruned takes a number out of use. It is safe
// for concurrent use, by any number of processes.
type Versions struct {
	objects *Objects
	now     func() time.Time
	parses  singleflight.Group

	mu      sync.Mutex
	records map[string]Version // slug/number
	marks   map[string]mark    // slug/number, of versions that aren't live
	live    map[string]liveVersion
	flows   map[string]*definition.Flow // by digest
	order   []string                    // of the digests, oldest first
}

type liveVersion struct {
	number int
	seen   time.Time
}

// NewVersions keeps versions among the objects.
func NewVersions(o *Objects) *Versions {
	return &Versions{objects: o, now: time.Now, records: map[string]Version{}, marks: map[string]mark{}, live: map[string]liveVersion{}, flows: map[string]*definition.Flow{}}
}

// Deploy makes f the live version and returns its number. The version that is live already isn't made again: created is
// false then. Of deploys at the same moment each gets a number, and the highest is live.
func (v *Versions) Deploy(ctx context.Context, f *definition.Flow) (number int, created bool, err error) {
	number, created, err = v.claim(ctx, f, Version{Digest: f.Digest, File: f.File})
	if err != nil {
		return 0, false, fmt.Errorf("deploy %s: %w", f.Slug, err)
	}
	v.remember(f)
	return number, created, nil
}

// Rollback makes the text of an earlier version live again, under a new number; created is false if that text is live.
// Errors: ErrNotFound, *PrunedError.
func (v *Versions) Rollback(ctx context.Context, slug string, number int) (now int, created bool, err error) {
	f, err := v.Get(ctx, slug, number)
	if err != nil {
		return 0, false, err
	}
	old, err := v.Version(ctx, slug, number)
	if err != nil {
		return 0, false, err
	}
	now, created, err = v.claim(ctx, f, Version{Digest: f.Digest, File: old.File})
	if err != nil {
		return 0, false, fmt.Errorf("roll %s back: %w", slug, err)
	}
	return now, created, nil
}

// claim takes the next free number for a text, unless that text is live. The text is stored first: a number without one
// could be live for a moment, or for ever if the process dies. A copy that no record names does no harm.
func (v *Versions) claim(ctx context.Context, f *definition.Flow, next Version) (number int, created bool, err error) {
	for {
		number, err := v.newest(ctx, f.Slug)
		if err != nil {
			return 0, false, err
		}
		if number > 0 {
			now, err := v.Version(ctx, f.Slug, number)
			if err != nil {
				return 0, false, err
			}
			if now.Digest == next.Digest {
				// A claim that was won and whose answer was lost is known by its copy of the text.
				return number, now.Text != "" && now.Text == next.Text, nil
			}
		}
		if next.Text == "" {
			next.Text = newTextName(f.Digest)
			if err := v.objects.Put(ctx, next.Text, f.Text, PutOptions{ContentType: "application/edn"}); err != nil {
				return 0, false, err
			}
		}
		next.At = v.now().UTC().Truncate(time.Millisecond)
		record, err := json.Marshal(next)
		if err != nil {
			return 0, false, err
		}
		won, err := v.objects.Claim(ctx, recordName(f.Slug, number+1), record, PutOptions{ContentType: "application/json"})
		if err != nil {
			return 0, false, err
		}
		if won {
			v.setLive(f.Slug, number+1)
			return number + 1, true, nil
		}
	}
}

// Live is the number of the live version, 0 if there is none. It may be LiveTTL old.
func (v *Versions) Live(ctx context.Context, slug string) (int, error) {
	v.mu.Lock()
	known, ok := v.live[slug]
	v.mu.Unlock()
	if ok && v.now().Sub(known.seen) < LiveTTL {
		return known.number, nil
	}
	return v.Newest(ctx, slug)
}

// Newest is the number of the live version at this moment, 0 if there is none.
func (v *Versions) Newest(ctx context.Context, slug string) (int, error) {
	number, err := v.newest(ctx, slug)
	if err != nil {
		return 0, fmt.Errorf("live version of %s: %w", slug, err)
	}
	return number, nil
}

// newest asks the store for the highest number. From one that is known it only has to look further up: numbers have no gaps.
func (v *Versions) newest(ctx context.Context, slug string) (int, error) {
	v.mu.Lock()
	number := v.live[slug].number
	v.mu.Unlock()
	if number == 0 {
		for info, err := range v.objects.List(ctx, recordPrefix(slug), false) {
			if err != nil {
				return 0, err
			}
			if n, ok := numberOf(info.Name, recordSuffix); ok {
				number = max(number, n)
			}
		}
	} else {
		for {
			_, err := v.objects.Stat(ctx, recordName(slug, number+1))
			if errors.Is(err, ErrNotFound) {
				break
			}
			if err != nil {
				return 0, err
			}
			number++
		}
	}
	v.setLive(slug, number)
	return number, nil
}

func (v *Versions) setLive(slug string, number int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if number >= v.live[slug].number {
		v.live[slug] = liveVersion{number, v.now()}
	}
}

// Version is the record of a version. Error: ErrNotFound.
func (v *Versions) Version(ctx context.Context, slug string, number int) (Version, error) {
	key := recordName(slug, number)
	v.mu.Lock()
	known, ok := v.records[key]
	v.mu.Unlock()
	if ok {
		return known, nil
	}
	data, err := v.objects.Get(ctx, key, maxRecordBytes)
	if err != nil {
		return Version{}, fmt.Errorf("version %d of %s: %w", number, slug, err)
	}
	var record Version
	if err := json.Unmarshal(data, &record); err != nil {
		return Version{}, fmt.Errorf("version %d of %s: %w", number, slug, err)
	}
	record.Number = number
	v.mu.Lock()
	v.records[key] = record
	v.mu.Unlock()
	return record, nil
}

// Kept is a version's definition for a run that is under way: pruning doesn't touch it while there can be one. Error:
// ErrNotFound.
func (v *Versions) Kept(ctx context.Context, slug string, number int) (*definition.Flow, error) {
	record, err := v.Version(ctx, slug, number)
	if err != nil {
		return nil, err
	}
	if f := v.cached(record.Digest); f != nil {
		return f, nil
	}
	f, err, _ := v.parses.Do(record.Digest, func() (any, error) { return v.parse(context.WithoutCancel(ctx), record) })
	if err != nil {
		return nil, fmt.Errorf("version %d of %s: %w", number, slug, err)
	}
	return f.(*definition.Flow), nil
}

func (v *Versions) parse(ctx context.Context, record Version) (*definition.Flow, error) {
	text, err := v.objects.Get(ctx, record.textName(), definition.MaxText)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != record.Digest {
		return nil, ErrDamaged
	}
	f, problems := definition.Parse(record.File, text)
	if problems.HasErrors() {
		return nil, problems
	}
	v.remember(f)
	return f, nil
}

func (v *Versions) cached(digest string) *definition.Flow {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.flows[digest]
}

func (v *Versions) remember(f *definition.Flow) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, known := v.flows[f.Digest]; known {
		return
	}
	v.flows[f.Digest] = f
	if v.order = append(v.order, f.Digest); len(v.order) > maxCachedFlows {
		delete(v.flows, v.order[0])
		v.order = v.order[1:]
	}
}

// List gives a flow's versions, newest first, pruned ones with them.
func (v *Versions) List(ctx context.Context, slug string) ([]Version, error) {
	var out []Version
	var pruned []int
	for info, err := range v.objects.List(ctx, recordPrefix(slug), false) {
		if err != nil {
			return nil, fmt.Errorf("versions of %s: %w", slug, err)
		}
		if number, ok := numberOf(info.Name, markSuffix); ok {
			pruned = append(pruned, number)
		}
		number, ok := numberOf(info.Name, recordSuffix)
		if !ok {
			continue
		}
		record, err := v.Version(ctx, slug, number)
		if err != nil {
			return nil, err
		}
		out = append(out, record)
	}
	for i := range out {
		if !slices.Contains(pruned, out[i].Number) {
			continue
		}
		at, err := v.prunedAt(ctx, slug, out[i].Number, LiveTTL)
		if err != nil {
			return nil, err
		}
		out[i].Pruned = at
	}
	slices.SortFunc(out, func(a, b Version) int { return b.Number - a.Number })
	return out, nil
}

// Slugs lists the flows that have versions, in their order.
func (v *Versions) Slugs(ctx context.Context) ([]string, error) {
	var out []string
	for info, err := range v.objects.List(ctx, "flows/", false) {
		if err != nil {
			return nil, fmt.Errorf("flows: %w", err)
		}
		if slug, ok := strings.CutSuffix(strings.TrimPrefix(info.Name, "flows/"), "/"); ok {
			out = append(out, slug)
		}
	}
	slices.Sort(out)
	return out, nil
}

const (
	recordSuffix = ".json"
	markSuffix   = ".pruned"
)

func recordPrefix(slug string) string { return "flows/" + slug + "/" }

func recordName(slug string, number int) string {
	return recordPrefix(slug) + strconv.Itoa(number) + recordSuffix
}

func newTextName(digest string) string {
	return "texts/" + digest + "/" + strings.ToLower(rand.Text()) + ".edn"
}

// textName is where the text is; the first versions ever stored shared one copy by digest.
func (v Version) textName() string {
	if v.Text != "" {
		return v.Text
	}
	return "texts/" + v.Digest + ".edn"
}

// numberOf reads the number in the name of a record or a mark.
func numberOf(name, suffix string) (int, bool) {
	number, ok := strings.CutSuffix(name[strings.LastIndexByte(name, '/')+1:], suffix)
	n, err := strconv.Atoi(number)
	return n, ok && err == nil && n > 0
}
