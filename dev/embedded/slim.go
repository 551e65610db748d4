//go:build slim

package embedded

// Slim tells whether this build lacks the servers.
const Slim = true

// Temporal is a running server with its Web UI; a slim build never has one.
type Temporal struct {
	// Address is the frontend's host:port; UI is the Web UI's URL.
	Address, UI string
}

// StartTemporal answers ErrSlim.
func StartTemporal(TemporalOptions) (*Temporal, error) { return nil, ErrSlim }

// Stop has nothing to stop.
func (t *Temporal) Stop() error { return nil }

// Redis is a running embedded Redis; a slim build never has one.
type Redis struct {
	// URL is what WEIR_REDIS_URL would name it.
	URL string
}

// StartRedis answers ErrSlim.
func StartRedis(RedisOptions) (*Redis, error) { return nil, ErrSlim }

// Stop has nothing to stop.
func (r *Redis) Stop() error { return nil }

// S3 is a running embedded S3 store; a slim build never has one.
type S3 struct {
	// Endpoint is its host:port, plain HTTP.
	Endpoint string
	// AccessKey and SecretKey sign requests.
	AccessKey, SecretKey string
}

// StartS3 answers ErrSlim.
func StartS3(S3Options) (*S3, error) { return nil, ErrSlim }

// Stop has nothing to stop.
func (s *S3) Stop() error { return nil }

// RunChild does nothing: a slim build starts no children.
func RunChild() {}
