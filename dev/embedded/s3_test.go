//go:build !slim

package embedded_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/dev/embedded"
)

func TestMain(m *testing.M) {
	embedded.RunChild()
	os.Exit(m.Run())
}

func TestS3FindsItsObjectsAgain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "s3")
	start := func() *minio.Client {
		server, err := embedded.StartS3(embedded.S3Options{Dir: dir, Address: fmt.Sprintf("127.0.0.1:%d", freePorts(t, 1)[0])})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, server.Stop()) })
		c, err := minio.New(server.Endpoint, &minio.Options{Creds: credentials.NewStaticV4(server.AccessKey, server.SecretKey, "")})
		require.NoError(t, err)
		return c
	}
	c := start()
	require.NoError(t, c.MakeBucket(ctx, "weir", minio.MakeBucketOptions{}))
	_, err := c.PutObject(ctx, "weir", "flows/a/1.json", strings.NewReader("{}"), 2, minio.PutObjectOptions{})
	require.NoError(t, err)

	info, err := start().StatObject(ctx, "weir", "flows/a/1.json", minio.StatObjectOptions{})
	require.NoError(t, err)
	require.EqualValues(t, 2, info.Size)
}
