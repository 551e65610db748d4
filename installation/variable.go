package installation

import (
	"fmt"
	"strings"
)

// Role is what a process is there for: it decides which variables it needs.
type Role uint8

// The roles. A `weir serve` has both of the first two; Deployer is `weir deploy`
// and its like, Operator the verbs that speak to the runs API.
const (
	Worker Role = 1 << iota
	Gateway
	Deployer
	Operator
)

// Variable is one environment variable that Weir reads. Temporal's own are
// those of go.temporal.io/sdk/contrib/envconfig and not listed here.
type Variable struct {
	Name    string
	Purpose string
	Default string
	Needed  Role // by which roles it must be set
	Secret  bool // its value is never printed
}

// Variables are all of Weir's environment variables, in the order of the docs.
var Variables = []Variable{
	{Name: "WEIR_REDIS_URL", Purpose: "the Redis of KV and of remembered deliveries, redis:// or rediss://host:6379/0, redis-cluster:// or rediss-cluster://host:6379", Needed: Worker | Gateway, Secret: true},
	{Name: "WEIR_REDIS_PREFIX", Purpose: "what every key's name starts with", Default: "weir:"},
	{Name: "WEIR_REDIS_CA_FILE", Purpose: "certificates, in PEM, that a Redis behind TLS is judged by"},
	{Name: "WEIR_S3_ENDPOINT", Purpose: "the S3 store of flows and blobs, https://host or http://host:port", Needed: Worker | Gateway | Deployer},
	{Name: "WEIR_S3_BUCKET", Purpose: "its bucket, made where it is missing", Default: "weir"},
	{Name: "WEIR_S3_REGION", Purpose: "its region", Default: "us-east-1"},
	{Name: "WEIR_S3_PREFIX", Purpose: "what every object's name starts with"},
	{Name: "WEIR_S3_ACCESS_KEY", Purpose: "its access key; empty takes AWS's own variables or the machine's role"},
	{Name: "WEIR_S3_SECRET_KEY", Purpose: "its secret key", Secret: true},
	{Name: "WEIR_PUBLIC_URL", Purpose: "what approval links start with, and where the runs API is", Needed: Worker | Gateway | Operator},
	{Name: "WEIR_SIGNING_KEYS", Purpose: "keys of approval links, id:base64,id2:base64; the first signs, all verify", Needed: Worker | Gateway, Secret: true},
	{Name: "WEIR_PAYLOAD_KEYS", Purpose: "keys that encrypt what Temporal is given, id:base64,id2:base64; the first encrypts, all decrypt", Secret: true},
	{Name: "WEIR_API_TOKEN", Purpose: "the runs API's token", Needed: Gateway | Operator, Secret: true},
	{Name: "WEIR_API_TOKENS", Purpose: "a file of further tokens of the runs API, by their sums, with scopes; with it a gateway needs no WEIR_API_TOKEN"},
	{Name: "WEIR_CODEC_TOKEN", Purpose: "opens the codec endpoint, by which Temporal's Web UI and CLI read encrypted and large payloads", Secret: true},
	{Name: "WEIR_CODEC_ORIGINS", Purpose: "origins of the Web UIs whose pages may use it, comma-separated"},
	{Name: "WEIR_EPHEMERAL_FOR", Purpose: "how long ephemeral blobs are kept", Default: "168h"},
	{Name: "WEIR_BINDINGS", Purpose: "the bindings file, re-read when it changes"},
	{Name: "WEIR_EGRESS_ALLOW", Purpose: "hosts and CIDRs that steps may call though they are not public, comma-separated"},
	{Name: "WEIR_TRUSTED_PROXIES", Purpose: "proxies whose X-Forwarded-For the gateway believes, addresses and CIDRs, comma-separated"},
	{Name: "WEIR_TEMPORAL_UI", Purpose: "the Temporal Web UI's address, for links to it from the pages"},
	{Name: "WEIR_LISTEN", Purpose: "where the gateway listens; a worker answers its health checks there", Default: "127.0.0.1:8080"},
	{Name: "WEIR_TLS_CERT", Purpose: "the certificate file of that listener, re-read when it changes; without one it speaks plain HTTP"},
	{Name: "WEIR_TLS_KEY", Purpose: "the certificate's key file"},
	{Name: "WEIR_METRICS_LISTEN", Purpose: "where /metrics is read without a token, like 127.0.0.1:9464; empty for nowhere"},
}

// MissingError names every variable that a process lacks.
type MissingError struct{ Variables []Variable }

func (e *MissingError) Error() string {
	var text strings.Builder
	text.WriteString("the environment lacks:")
	for _, v := range e.Variables {
		fmt.Fprintf(&text, "\n  %-18s %s", v.Name, v.Purpose)
	}
	return text.String()
}

// missing answers the variables that role needs and look does not find.
func missing(role Role, look func(string) string) []Variable {
	var lack []Variable
	for _, v := range Variables {
		needed := v.Needed
		if v.Name == "WEIR_API_TOKEN" && look("WEIR_API_TOKENS") != "" {
			needed &^= Gateway
		}
		if needed&role != 0 && look(v.Name) == "" {
			lack = append(lack, v)
		}
	}
	return lack
}
