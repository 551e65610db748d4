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
	{Name: "WEIR_REDIS_URL", Purpose: "the Redis of KV and of remembered deliveries, redis://host:6379/0", Needed: Worker | Gateway, Secret: true},
	{Name: "WEIR_S3_ENDPOINT", Purpose: "the S3 store of flows and blobs, https://host or http://host:port", Needed: Worker | Gateway | Deployer},
	{Name: "WEIR_S3_BUCKET", Purpose: "its bucket, made where it is missing", Default: "weir"},
	{Name: "WEIR_S3_REGION", Purpose: "its region", Default: "us-east-1"},
	{Name: "WEIR_S3_PREFIX", Purpose: "what every object's name starts with"},
	{Name: "WEIR_S3_ACCESS_KEY", Purpose: "its access key; empty takes AWS's own variables or the machine's role"},
	{Name: "WEIR_S3_SECRET_KEY", Purpose: "its secret key", Secret: true},
	{Name: "WEIR_PUBLIC_URL", Purpose: "what approval links start with, and where the runs API is", Needed: Worker | Gateway | Operator},
	{Name: "WEIR_SIGNING_KEYS", Purpose: "keys of approval links, id:base64,id2:base64; the first signs, all verify", Needed: Worker | Gateway, Secret: true},
	{Name: "WEIR_API_TOKEN", Purpose: "the runs API's token", Needed: Gateway | Operator, Secret: true},
	{Name: "WEIR_BINDINGS", Purpose: "the bindings file, re-read when it changes"},
	{Name: "WEIR_EGRESS_ALLOW", Purpose: "hosts and CIDRs that steps may call though they are not public, comma-separated"},
	{Name: "WEIR_TRUSTED_PROXIES", Purpose: "proxies whose X-Forwarded-For the gateway believes, addresses and CIDRs, comma-separated"},
	{Name: "WEIR_LISTEN", Purpose: "where the gateway listens; a worker answers its health checks there", Default: "127.0.0.1:8080"},
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
		if v.Needed&role != 0 && look(v.Name) == "" {
			lack = append(lack, v)
		}
	}
	return lack
}
