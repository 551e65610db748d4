package store

import (
	"context"
	"time"
)

// SetClock sets the clock of tests.
func (v *Versions) SetClock(now func() time.Time) { v.now = now }

// IncompleteUploads counts the unfinished uploads of the object that a note is about.
func IncompleteUploads(ctx context.Context, o *Objects, note string) (n int) {
	name, _ := noted(note)
	for range o.client.ListIncompleteUploads(ctx, o.bucket, o.prefix+name, true) {
		n++
	}
	return n
}
