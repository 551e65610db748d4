package worker

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
)

func TestClientsCompressNothingUnlessTold(t *testing.T) {
	t.Parallel()
	require.Equal(t, &client.GrpcCompressionNone{}, ClientOptions(client.Options{}).ConnectionOptions.GrpcCompression)
	told := client.ConnectionOptions{GrpcCompression: &client.GrpcCompressionGzip{}}
	require.Equal(t, &client.GrpcCompressionGzip{}, ClientOptions(client.Options{ConnectionOptions: told}).ConnectionOptions.GrpcCompression)
}
