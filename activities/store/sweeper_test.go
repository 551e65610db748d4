package store_test

import (
	"errors"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
)

func sweep(t *testing.T, o *store.Objects, after time.Duration) store.Swept {
	t.Helper()
	s := store.Sweeper{Objects: o, Ephemeral: store.DefaultEphemeral, Payloads: 40 * 24 * time.Hour, Now: func() time.Time { return time.Now().Add(after) }}
	swept, err := s.Sweep(t.Context())
	require.NoError(t, err)
	return swept
}

func TestWhatHasExpiredIsSwept(t *testing.T) {
	t.Parallel()
	storetest.EachObjects(t, func(t *testing.T, o *store.Objects) {
		b, p := store.NewBlobs(o), store.NewPayloads(o)
		for _, tier := range []store.Tier{store.Ephemeral, store.Retained} {
			_, err := b.Put(t.Context(), store.Work{Slug: "s", Run: "r", Step: "x"}, tier, []byte("x"), store.PutOptions{})
			require.NoError(t, err)
		}
		name, err := p.Put(t.Context(), []byte("payload"))
		require.NoError(t, err)

		require.Zero(t, sweep(t, o, store.DefaultEphemeral-time.Hour))
		require.Equal(t, store.Swept{Blobs: 1}, sweep(t, o, store.DefaultEphemeral+time.Hour))
		require.Empty(t, names(t, o, "blobs/ephemeral/", true))
		require.Len(t, names(t, o, "blobs/retained/", true), 1)
		_, err = p.Get(t.Context(), name)
		require.NoError(t, err)
		require.Zero(t, sweep(t, o, 39*24*time.Hour))
		require.Equal(t, store.Swept{Payloads: 1}, sweep(t, o, 42*24*time.Hour))
		_, err = p.Get(t.Context(), name)
		require.ErrorIs(t, err, store.ErrNotFound)
		require.Len(t, names(t, o, "blobs/retained/", true), 1, "what is retained stays")
	})
}

// stuck gives so much and then waits for good, as the source of an upload that is killed.
type stuck struct {
	r       io.Reader
	reached chan struct{}
	until   chan struct{}
}

func (s *stuck) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err == io.EOF {
		close(s.reached)
		<-s.until
		return 0, errors.New("given up")
	}
	return n, err
}

// An upload that nobody finishes is found by its note, at whatever store; a later attempt removes it at once.
func TestUnfinishedUploadsAreGivenUp(t *testing.T) {
	t.Parallel()
	storetest.EachObjects(t, func(t *testing.T, o *store.Objects) {
		b := store.NewBlobs(o)
		begin := func(w store.Work) (end func()) {
			s := &stuck{r: &pattern{n: 40 << 20}, reached: make(chan struct{}), until: make(chan struct{})}
			ended := make(chan error, 1)
			go func() {
				_, err := b.Stream(t.Context(), w, store.Ephemeral, s, store.PutOptions{})
				ended <- err
			}()
			<-s.reached
			return func() {
				close(s.until)
				require.Error(t, <-ended)
			}
		}
		end := begin(store.Work{Slug: "s", Run: "r", Step: "lost"})
		require.Len(t, names(t, o, "uploads/", true), 1)
		require.Equal(t, 1, store.IncompleteUploads(t.Context(), o, names(t, o, "uploads/", true)[0]))
		note := names(t, o, "uploads/", true)[0]
		require.Zero(t, sweep(t, o, store.MaxUpload-time.Hour))
		require.Equal(t, store.Swept{Uploads: 1}, sweep(t, o, store.MaxUpload+time.Hour))
		require.Zero(t, store.IncompleteUploads(t.Context(), o, note))
		end()

		w := store.Work{Slug: "s", Run: "r", Step: "again", Attempt: 1}
		end = begin(w)
		note = names(t, o, "uploads/", true)[0]
		w.Attempt = 2
		ref, err := b.Stream(t.Context(), w, store.Ephemeral, &pattern{n: 20 << 20}, store.PutOptions{})
		require.NoError(t, err)
		require.Zero(t, store.IncompleteUploads(t.Context(), o, note))
		end()
		require.Empty(t, names(t, o, "uploads/", true))
		require.Len(t, names(t, o, "blobs/", true), 1, "one object, whatever was tried")
		r, _, err := b.Open(t.Context(), ref, "s")
		require.NoError(t, err)
		_, err = io.Copy(io.Discard, r)
		require.NoError(t, err)
		require.NoError(t, r.Close())
	})
}

// An attempt that was given up and comes back late changes nothing of what its successor has made.
func TestALateAttemptHarmsNoLaterOne(t *testing.T) {
	t.Parallel()
	b := store.NewBlobs(storetest.Objects(t))
	w := store.Work{Slug: "s", Run: "r", Step: "x", Attempt: 2}
	second, err := b.Put(t.Context(), w, store.Retained, []byte("second"), store.PutOptions{})
	require.NoError(t, err)
	w.Attempt = 1
	_, err = b.Put(t.Context(), w, store.Retained, []byte("first, late"), store.PutOptions{})
	require.NoError(t, err)
	data, _, err := b.Read(t.Context(), second, "s", 100)
	require.NoError(t, err)
	require.Equal(t, "second", string(data))
}
