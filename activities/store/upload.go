package store

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// uploadPrefix is where uploads under way are noted: not every S3 store lists those that nobody finished (MinIO needs the
// object's exact name), and what a killed process leaves behind has to be found.
const uploadPrefix = "uploads/"

func uploadNote(name string) string { return uploadPrefix + url.PathEscape(name) }

// Stream stores what r gives, holding no more than a part of it in memory, and returns the number of bytes. What an
// earlier, broken upload of the same name left behind is removed. If r fails, nothing is stored.
func (o *Objects) Stream(ctx context.Context, name string, r io.Reader, opt PutOptions) (int64, error) {
	if err := o.abort(ctx, name); err != nil {
		return 0, err
	}
	if err := o.Put(ctx, uploadNote(name), nil, PutOptions{}); err != nil {
		return 0, err
	}
	put := opt.minio()
	put.PartSize = partBytes
	put.NumThreads = 1
	source := &firstError{r: r}
	info, err := o.client.PutObject(ctx, o.bucket, o.prefix+name, source, -1, put)
	if err == nil {
		err = o.arrived(ctx, name, info.Size)
	}
	if source.err != nil {
		err = source.err
	}
	// A request that was given up mustn't leave parts, and not a note either.
	after := context.WithoutCancel(ctx)
	if err != nil {
		if aborted := o.abort(after, name); aborted == nil {
			_ = o.Delete(after, uploadNote(name)) // the sweeper sees to what stays
		}
		if source.err != nil {
			return 0, err
		}
		return 0, s3Context("put", name, err)
	}
	_ = o.Delete(after, uploadNote(name)) // as above: an upload that is complete has nothing to abort
	return info.Size, nil
}

// arrived makes sure that an object is there, whole: what is told to a flow as kept can't be got again.
func (o *Objects) arrived(ctx context.Context, name string, size int64) error {
	info, err := o.Stat(ctx, name)
	switch {
	case err != nil:
		return fmt.Errorf("the store said that it has it, and then: %v", err) // not ErrNotFound: another attempt may do better
	case info.Size != size:
		return fmt.Errorf("the store has %d bytes of it, and %d were sent", info.Size, size)
	}
	return nil
}

// Discard removes an object and whatever an upload of it has left.
func (o *Objects) Discard(ctx context.Context, name string) error {
	if err := o.abort(ctx, name); err != nil {
		return err
	}
	if err := o.Delete(ctx, uploadNote(name)); err != nil {
		return err
	}
	return o.Delete(ctx, name)
}

// abort removes the parts of uploads of that name that weren't finished.
func (o *Objects) abort(ctx context.Context, name string) error {
	err := o.client.RemoveIncompleteUpload(ctx, o.bucket, o.prefix+name)
	if isNotFound(err) {
		return nil
	}
	return s3Context("clear", name, err)
}

// noted is the object whose upload a note is about.
func noted(note string) (string, bool) {
	name, err := url.PathUnescape(strings.TrimPrefix(note, uploadPrefix))
	return name, err == nil
}

// firstError remembers why a reader failed, whatever is made of its error.
type firstError struct {
	r   io.Reader
	err error
}

func (f *firstError) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && err != io.EOF && f.err == nil {
		f.err = err
	}
	return n, err
}
