package installation

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"strings"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"

	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/gateway"
	"github.com/weir-run/weir/gateway/token"
)

// Settings say where an installation's parts are and what it may do. Production
// reads them from the environment, dev mode makes them up.
type Settings struct {
	Temporal    client.Options
	RedisURL    string
	S3          store.S3Options
	PublicURL   string // without a trailing slash
	SigningKeys token.Keys
	APIToken    string
	Bindings    string   // path of the bindings file, or empty
	EgressAllow []string // hosts and CIDRs beyond the public addresses
	Listen      string
	// TrustedProxies are the peers whose X-Forwarded-For the gateway believes.
	TrustedProxies []netip.Prefix
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
		S3:          store.S3FromEnvironment(),
		APIToken:    os.Getenv("WEIR_API_TOKEN"),
		Bindings:    os.Getenv("WEIR_BINDINGS"),
		EgressAllow: egress.Split(os.Getenv("WEIR_EGRESS_ALLOW")),
		Listen:      os.Getenv("WEIR_LISTEN"),
	}
	if s.Listen == "" {
		s.Listen = "127.0.0.1:8080"
	}
	var err error
	if s.Temporal, err = envconfig.LoadDefaultClientOptions(); err != nil {
		problems = append(problems, fmt.Errorf("read Temporal's own settings: %w", err))
	}
	if text := os.Getenv("WEIR_PUBLIC_URL"); text != "" {
		if s.PublicURL, err = publicURL(text); err != nil {
			problems = append(problems, err)
		}
	}
	if text := os.Getenv("WEIR_SIGNING_KEYS"); text != "" {
		if s.SigningKeys, err = token.ParseKeys(text); err != nil {
			problems = append(problems, fmt.Errorf("WEIR_SIGNING_KEYS: %w", err))
		}
	}
	if s.TrustedProxies, err = gateway.ParseProxies(os.Getenv("WEIR_TRUSTED_PROXIES")); err != nil {
		problems = append(problems, fmt.Errorf("WEIR_TRUSTED_PROXIES: %w", err))
	}
	return s, errors.Join(problems...)
}

func publicURL(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", errors.New("WEIR_PUBLIC_URL must be http(s)://host[:port][/path]")
	}
	return strings.TrimRight(text, "/"), nil
}
