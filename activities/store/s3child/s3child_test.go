package s3child_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store/s3child"
)

func TestMain(m *testing.M) {
	s3child.Main()
	os.Exit(m.Run())
}

func connect(t *testing.T, s *s3child.Server) *minio.Client {
	c, err := minio.New(s.Endpoint, &minio.Options{Creds: credentials.NewStaticV4(s.AccessKey, s.SecretKey, ""), Region: s3child.Region})
	require.NoError(t, err)
	return c
}

func TestObjectsOutliveTheServer(t *testing.T) {
	t.Parallel()
	ctx, dir := context.Background(), t.TempDir()
	s, err := s3child.Start(s3child.Options{Dir: dir})
	require.NoError(t, err)
	c := connect(t, s)
	require.NoError(t, c.MakeBucket(ctx, "weir", minio.MakeBucketOptions{}))
	_, err = c.PutObject(ctx, "weir", "a/b.json", bytes.NewReader([]byte("{}")), 2, minio.PutObjectOptions{ContentType: "application/json"})
	require.NoError(t, err)
	require.NoError(t, s.Stop())
	require.NoError(t, s.Stop())
	<-s.Ended()

	s, err = s3child.Start(s3child.Options{Dir: dir, Address: s.Endpoint, AccessKey: "k", SecretKey: "secret-key"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
	o, err := connect(t, s).GetObject(ctx, "weir", "a/b.json", minio.GetObjectOptions{})
	require.NoError(t, err)
	text, err := io.ReadAll(o)
	require.NoError(t, err)
	require.Equal(t, "{}", string(text))
	info, err := o.Stat()
	require.NoError(t, err)
	require.Equal(t, "application/json", info.ContentType)
}

func TestAConditionalPutHasOneWinner(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, err := s3child.Start(s3child.Options{Dir: t.TempDir()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
	c := connect(t, s)
	require.NoError(t, c.MakeBucket(ctx, "weir", minio.MakeBucketOptions{}))
	won := make(chan bool)
	for range 8 {
		go func() {
			opt := minio.PutObjectOptions{}
			opt.SetMatchETagExcept("*")
			_, err := c.PutObject(ctx, "weir", "claim", bytes.NewReader([]byte("x")), 1, opt)
			won <- err == nil
		}()
	}
	winners := 0
	for range 8 {
		if <-won {
			winners++
		}
	}
	require.Equal(t, 1, winners)
}

func TestATakenAddressIsAnError(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	_, err = s3child.Start(s3child.Options{Dir: t.TempDir(), Address: l.Addr().String()})
	require.ErrorContains(t, err, "in use")
}
