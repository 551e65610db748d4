package request_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/interpreter/value"
)

// TestWaysToWriteAnAddress: however it is written, a server of this machine hears nothing of a step.
func TestWaysToWriteAnAddress(t *testing.T) {
	t.Parallel()
	var hits atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	t.Cleanup(server.Close)
	port := server.URL[strings.LastIndex(server.URL, ":")+1:]
	guard, err := egress.New(egress.Options{})
	require.NoError(t, err)
	client := request.NewClient(guard, nil)
	t.Cleanup(client.Close)
	for _, written := range []string{
		"http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://LOCALHOST:PORT/", "http://localhost.:PORT/", "http://sub.localhost:PORT/",
		"http://2130706433:PORT/", "http://017700000001:PORT/", "http://0x7f000001:PORT/", "http://0177.0.0.1:PORT/", "http://0x7f.0.0.1:PORT/",
		"http://127.1:PORT/", "http://127.0.1:PORT/", "http://127.000.000.001:PORT/", "http://0:PORT/", "http://0.0.0.0:PORT/", "http://127.0.0.1.:PORT/",
		"http://[::1]:PORT/", "http://[::]:PORT/", "http://[0:0:0:0:0:0:0:1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/",
		"http://[::127.0.0.1]:PORT/", "http://[64:ff9b::7f00:1]:PORT/", "http://[::1%25lo]:PORT/", "http://[fe80::1%25lo]:PORT/",
		"http://api.example.com@127.0.0.1:PORT/", "http://api.example.com:80@127.0.0.1:PORT/", "http://u:p@localhost:PORT/",
		"http://127.0.0.1:PORT#@api.example.com/", "http://127.0.0.1:PORT?@api.example.com/", "http://127.0.0.1:PORT\\@api.example.com/",
		"http://127.0.0.1%00.example.com:PORT/", "http://127.0.0.1%09:PORT/", "http://%31%32%37.0.0.1:PORT/", "http://127.0.0.1\n:PORT/", " http://127.0.0.1:PORT/",
		"http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460:PORT/", "http://127\u30020\u30020\u30021:PORT/", "http://\uff11\uff12\uff17.0.0.1:PORT/", "http://\uff4c\uff4f\uff43alhost:PORT/",
		"http:127.0.0.1:PORT/", "http:/127.0.0.1:PORT/", "http:///127.0.0.1:PORT/", "//127.0.0.1:PORT/", "127.0.0.1:PORT/",
		"https://127.0.0.1:PORT/", "HTTP://127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/", "gopher://127.0.0.1:PORT/_GET", "file:///etc/passwd", "unix:///run/docker.sock", "jar:http://127.0.0.1:PORT/!/",
	} {
		config, _ := value.NewMap(value.Kw("url"), value.String(strings.ReplaceAll(written, "PORT", port))).AsMap()
		fields, err := request.Parse(config)
		if err == nil {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			_, err = client.Send(ctx, request.Job{Fields: fields})
			cancel()
		}
		require.Error(t, err, written)
	}
	require.Zero(t, hits.Load())
}

// TestAProxyOfTheEnvironmentIsNoWayAround: the guard lets the proxy's own address pass here, so that a request for another that went
// there would arrive.
func TestAProxyOfTheEnvironmentIsNoWayAround(t *testing.T) {
	var hits atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	t.Cleanup(proxy.Close)
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"} {
		t.Setenv(name, proxy.URL)
	}
	guard, err := egress.New(egress.Options{Dev: true})
	require.NoError(t, err)
	client := request.NewClient(guard, nil)
	t.Cleanup(client.Close)
	for _, address := range []string{"http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "https://192.168.1.1/"} {
		config, _ := value.NewMap(value.Kw("url"), value.String(address)).AsMap()
		fields, err := request.Parse(config)
		require.NoError(t, err)
		_, err = client.Send(t.Context(), request.Job{Fields: fields})
		require.ErrorContains(t, err, "egress refused", address)
	}
	require.Zero(t, hits.Load())
}
