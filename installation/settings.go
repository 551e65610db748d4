package installation

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"

	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/gateway"
	"github.com/weir-run/weir/gateway/token"
	"github.com/weir-run/weir/jail"
	"github.com/weir-run/weir/tracing"
	"github.com/weir-run/weir/worker/payload"
)

// Settings say where an installation's parts are and what it may do. Production
// reads them from the environment, dev mode makes them up.
type Settings struct {
	Temporal    client.Options
	RedisURL    string
	RedisCAFile string // of certificates in PEM; empty: the system's
	RedisPrefix string // of every key's name; default store.DefaultPrefix
	S3          store.S3Options
	PublicURL   string // without a trailing slash
	SigningKeys token.Keys
	PayloadKeys payload.Keys // none: payloads aren't encrypted
	APIToken    string
	APITokens   string // path of the file of further tokens, or empty
	// CodecToken opens the gateway's codec endpoint, CodecOrigins are the Web UIs whose pages may use it.
	CodecToken   string
	CodecOrigins []string
	TemporalUI   string   // the Temporal Web UI's address, for links to it; may be empty
	Bindings     string   // path of the bindings file, or empty
	EgressAllow  []string // hosts and CIDRs beyond the public addresses
	GoJail       jail.Mode
	Listen       string
	// MetricsListen is where metrics are read without a token, "" for nowhere.
	MetricsListen string
	// TLSCert and TLSKey are the files of the gateway's certificate; empty for plain HTTP.
	TLSCert, TLSKey string
	// TrustedProxies are the peers whose X-Forwarded-For the gateway believes.
	TrustedProxies []netip.Prefix
	// EphemeralFor is how long ephemeral blobs are kept; default store.DefaultEphemeral.
	EphemeralFor time.Duration
	// Tracing makes traces, and is closed with the installation; nil: as OpenTelemetry's own variables say.
	Tracing *tracing.Tracing
	// Development allows loopback addresses to steps.
	Development bool
	// TimeScale divides every duration of a flow; zero or one leaves them. It
	// is for dev mode only.
	TimeScale float64
}

// FromEnvironment reads the settings of a process with that role. The error
// tells everything that is missing or wrong at once; missing variables are a
// *MissingError in it.
func FromEnvironment(role Role) (Settings, error) {
	var problems []error
	if lack := missing(role, os.Getenv); len(lack) > 0 {
		problems = append(problems, &MissingError{Variables: lack})
	}
	s := Settings{
		RedisURL:    os.Getenv("WEIR_REDIS_URL"),
		RedisCAFile: os.Getenv("WEIR_REDIS_CA_FILE"),
		RedisPrefix: os.Getenv("WEIR_REDIS_PREFIX"),
		S3:          store.S3FromEnvironment(),
		APIToken:    os.Getenv("WEIR_API_TOKEN"),
		APITokens:   os.Getenv("WEIR_API_TOKENS"),
		CodecToken:  os.Getenv("WEIR_CODEC_TOKEN"),
		Bindings:    os.Getenv("WEIR_BINDINGS"),
		EgressAllow: egress.Split(os.Getenv("WEIR_EGRESS_ALLOW")),
		Listen:      os.Getenv("WEIR_LISTEN"),
		TemporalUI:  os.Getenv("WEIR_TEMPORAL_UI"),

		MetricsListen: os.Getenv("WEIR_METRICS_LISTEN"), TLSCert: os.Getenv("WEIR_TLS_CERT"), TLSKey: os.Getenv("WEIR_TLS_KEY"),
	}
	if s.Listen == "" {
		s.Listen = "127.0.0.1:8080"
	}
	var err error
	if s.GoJail, err = jail.ModeOf(os.Getenv(jail.Variable)); err != nil {
		problems = append(problems, err)
	}
	if s.Temporal, err = envconfig.LoadDefaultClientOptions(); err != nil {
		problems = append(problems, fmt.Errorf("read Temporal's own settings: %w", err))
	}
	if text := os.Getenv("WEIR_PUBLIC_URL"); text != "" {
		if s.PublicURL, err = publicURL(text); err != nil {
			problems = append(problems, err)
		}
	}
	if s.TemporalUI != "" {
		if _, err := publicURL(s.TemporalUI); err != nil {
			problems = append(problems, errors.New("WEIR_TEMPORAL_UI must be http(s)://host[:port][/path]"))
		}
	}
	if text := os.Getenv("WEIR_SIGNING_KEYS"); text != "" {
		if s.SigningKeys, err = token.ParseKeys(text); err != nil {
			problems = append(problems, fmt.Errorf("WEIR_SIGNING_KEYS: %w", err))
		}
	}
	if text := os.Getenv("WEIR_PAYLOAD_KEYS"); text != "" {
		if s.PayloadKeys, err = payload.ParseKeys(text); err != nil {
			problems = append(problems, fmt.Errorf("WEIR_PAYLOAD_KEYS: %w", err))
		}
	}
	if s.CodecOrigins, err = origins(os.Getenv("WEIR_CODEC_ORIGINS")); err != nil {
		problems = append(problems, err)
	}
	if s.CodecToken != "" && len(s.CodecToken) < minCodecToken {
		problems = append(problems, fmt.Errorf("WEIR_CODEC_TOKEN must have %d characters or more: it opens every payload", minCodecToken))
	}
	if text := os.Getenv("WEIR_EPHEMERAL_FOR"); text != "" {
		if s.EphemeralFor, err = time.ParseDuration(text); err != nil || s.EphemeralFor < time.Hour {
			problems = append(problems, errors.New("WEIR_EPHEMERAL_FOR must be a duration of an hour or more, like 168h"))
		}
	}
	if s.TrustedProxies, err = gateway.ParseProxies(os.Getenv("WEIR_TRUSTED_PROXIES")); err != nil {
		problems = append(problems, fmt.Errorf("WEIR_TRUSTED_PROXIES: %w", err))
	}
	return s, errors.Join(problems...)
}

// minCodecToken is how long the codec's token is at least.
const minCodecToken = 20

// origins reads the origins of Web UIs, comma-separated.
func origins(text string) ([]string, error) {
	var out []string
	for _, o := range egress.Split(text) {
		u, err := url.Parse(o)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.Scheme+"://"+u.Host != o {
			return nil, errors.New("WEIR_CODEC_ORIGINS must hold http(s)://host[:port], comma-separated")
		}
		out = append(out, o)
	}
	return out, nil
}

func publicURL(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", errors.New("WEIR_PUBLIC_URL must be http(s)://host[:port][/path]")
	}
	return strings.TrimRight(text, "/"), nil
}
