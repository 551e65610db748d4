package store

import (
	"context"
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
}

// Versions keeps the versions of flows: flows/{slug}/{number}.json claims a number for a digest, texts/{digest}.edn has
// the text. Nothing in it ever changes. It is safe for concurrent use, by any number of processes.
type Versions struct {
	objects *Objects
	now     func() time.Time
	parses  singleflight.Group

	mu      sync.Mutex
	records map[string]Version // slug/number
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
	return &Versions{objects: o, now: time.Now, records: map[string]Version{}, live: map[string]liveVersion{}, flows: map[string]*definition.Flow{}}
}

// Deploy makes f the live version and returns its number. The version that is live already isn't made again: created is
// false then.
func (v *Versions) Deploy(ctx context.Context, f *definition.Flow) (number int, created bool, err error) {
	if err := v.objects.Put(ctx, textName(f.Digest), f.Text, PutOptions{ContentType: "application/edn"}); err != nil {
		return 0, false, fmt.Errorf("deploy %s: %w", f.Slug, err)
	}
	number, created, err = v.claim(ctx, f.Slug, Version{Digest: f.Digest, File: f.File})
	if err == nil {
		v.remember(f)
	}
	return number, created, err
}

// Rollback makes the text of an earlier version live again, under a new number. Error: ErrNotFound.
func (v *Versions) Rollback(ctx context.Context, slug string, number int) (int, error) {
	old, err := v.Version(ctx, slug, number)
	if err != nil {
		return 0, err
	}
	number, _, err = v.claim(ctx, slug, old)
	return number, err
}

// claim takes the next free number for a digest, unless that digest is live.
func (v *Versions) claim(ctx context.Context, slug string, next Version) (int, bool, error) {
	next.At = v.now().UTC().Truncate(time.Millisecond)
	record, err := json.Marshal(next)
	if err != nil {
		return 0, false, fmt.Errorf("deploy %s: %w", slug, err)
	}
	for {
		number, err := v.newest(ctx, slug)
		if err != nil {
			return 0, false, fmt.Errorf("deploy %s: %w", slug, err)
		}
		if number > 0 {
			now, err := v.Version(ctx, slug, number)
			if err != nil {
				return 0, false, err
			}
			if now.Digest == next.Digest {
				return number, false, nil
			}
		}
		won, err := v.objects.Claim(ctx, recordName(slug, number+1), record, PutOptions{ContentType: "application/json"})
		if err != nil {
			return 0, false, fmt.Errorf("deploy %s: %w", slug, err)
		}
		if won {
			v.setLive(slug, number+1)
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
			if n, ok := numberOf(info.Name); ok {
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

// Get is a version's definition, parsed and shared. Error: ErrNotFound.
func (v *Versions) Get(ctx context.Context, slug string, number int) (*definition.Flow, error) {
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
	text, err := v.objects.Get(ctx, textName(record.Digest), definition.MaxText)
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

// List gives a flow's versions, newest first.
func (v *Versions) List(ctx context.Context, slug string) ([]Version, error) {
	var out []Version
	for info, err := range v.objects.List(ctx, recordPrefix(slug), false) {
		if err != nil {
			return nil, fmt.Errorf("versions of %s: %w", slug, err)
		}
		number, ok := numberOf(info.Name)
		if !ok {
			continue
		}
		record, err := v.Version(ctx, slug, number)
		if err != nil {
			return nil, err
		}
		out = append(out, record)
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

func recordPrefix(slug string) string { return "flows/" + slug + "/" }

func recordName(slug string, number int) string {
	return recordPrefix(slug) + strconv.Itoa(number) + ".json"
}

func textName(digest string) string { return "texts/" + digest + ".edn" }

// numberOf reads the number in a record's name.
func numberOf(name string) (int, bool) {
	number, ok := strings.CutSuffix(name[strings.LastIndexByte(name, '/')+1:], ".json")
	n, err := strconv.Atoi(number)
	return n, ok && err == nil && n > 0
}
