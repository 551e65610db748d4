package dev

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"os"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"golang.org/x/sync/errgroup"

	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/keyring"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/dev/embedded"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/jail"
)

// servers are what production has beside it, in this process.
type servers struct {
	temporal *embedded.Temporal
	redis    *embedded.Redis
	s3       *embedded.S3
}

// startServers starts all at once, less the Temporal server if another is named.
func startServers(f *folder, p ports, external string) (*servers, error) {
	s := &servers{}
	var starts errgroup.Group
	if external == "" {
		starts.Go(func() (err error) {
			s.temporal, err = embedded.StartTemporal(embedded.TemporalOptions{
				File: f.file("temporal.db"), Durable: !f.own, LogFile: f.file("temporal.log"),
				Frontend: p.of(portTemporal), UI: p.of(portUI), HTTP: p.of(portHTTP),
				History: p.of(portHistory), Matching: p.of(portMatching), Worker: p.of(portWorker),
			})
			return err
		})
	}
	if !embedded.Slim {
		starts.Go(func() (err error) {
			file := ""
			if !f.own {
				file = f.file("redis.json")
			}
			s.redis, err = embedded.StartRedis(embedded.RedisOptions{Address: p.address(portRedis), File: file})
			return err
		})
		starts.Go(func() (err error) {
			s.s3, err = embedded.StartS3(embedded.S3Options{Address: p.address(portS3), Dir: f.file("s3")})
			return err
		})
	}
	if err := starts.Wait(); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

func (s *servers) stop() error {
	var stops errgroup.Group
	if s.temporal != nil {
		stops.Go(s.temporal.Stop)
	}
	if s.redis != nil {
		stops.Go(s.redis.Stop)
	}
	if s.s3 != nil {
		stops.Go(s.s3.Stop)
	}
	return stops.Wait()
}

// settings are those of an installation on these servers. A slim build has no
// Redis and no S3 store of its own and takes those that the environment names.
func (s *servers) settings(f *folder, p ports, opt Options) (installation.Settings, error) {
	out := installation.Settings{
		PublicURL: p.url(portGateway), Listen: p.address(portGateway), Development: true, TimeScale: opt.TimeScale,
		EgressAllow: egress.Split(os.Getenv(egress.AllowVariable)),
	}
	var err error
	if out.GoJail, err = jail.ModeOf(os.Getenv(jail.Variable)); err != nil {
		return out, &UsageError{err}
	}
	switch {
	case s.temporal != nil:
		out.Temporal, out.TemporalUI = client.Options{HostPort: s.temporal.Address}, s.temporal.UI
	default:
		var err error
		if out.Temporal, err = envconfig.LoadDefaultClientOptions(); err != nil {
			return out, &UsageError{err}
		}
		out.Temporal.HostPort = opt.Temporal
	}
	if s.redis != nil {
		out.RedisURL = s.redis.URL
		out.S3 = store.S3Options{Endpoint: "http://" + s.s3.Endpoint, AccessKey: s.s3.AccessKey, SecretKey: s.s3.SecretKey}
	} else {
		out.RedisURL, out.S3 = os.Getenv("WEIR_REDIS_URL"), store.S3FromEnvironment()
		if out.RedisURL == "" || out.S3.Endpoint == "" {
			return out, &UsageError{embedded.ErrSlim}
		}
	}
	keys, err := f.keep("signing-keys", freshKeys)
	if err != nil {
		return out, err
	}
	if out.SigningKeys, err = token.ParseKeys(keys); err != nil {
		return out, err
	}
	out.APIToken, err = f.keep("api-token", rand.Text)
	return out, err
}

func freshKeys() string {
	key := make([]byte, keyring.KeyBytes)
	_, _ = rand.Read(key) // never fails
	return "dev:" + base64.StdEncoding.EncodeToString(key)
}
