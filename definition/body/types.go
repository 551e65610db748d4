package body

import (
	"slices"
	"strings"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// later says which part of Weir a step type or function waits for.
type later string

// stepTypes is every step type that the worker runs, with its fields. A type that
// isn't here is refused, so that nothing is accepted that can't run.
var stepTypes = map[string]stepType{
	"http":     {fields: with(everyStep, activity, httpFields), check: checkHTTP},
	"function": {fields: with(everyStep, activity, functionFields), check: checkFunction},
	"wait":     {fields: with(everyStep, waitFields), check: checkWait},
	"notify":   {fields: with(everyStep, activity, notifyFields), check: checkNotify},
	"kv":       {fields: with(everyStep, activity, kvFields), check: checkKV},
	"blob":     {fields: with(everyStep, activity, blobFields), check: checkBlob},
	"llm":      {fields: with(everyStep, activity, llmFields), check: checkLLM},
	"db":       {fields: with(everyStep, activity, dbFields), check: checkDB},
	"sleep":    {fields: with(everyStep, sleepFields), check: checkSleep},
	"time":     {fields: everyStep},
	"fanout":   {fields: fanoutFields, check: checkFanout},
}

// laterTypes are the types that the language has and this build doesn't run yet.
var laterTypes = map[string]later{
	"table": "keep rows by a :kv step",
	"ssh":   "call a service that does it by an :http step",
	"job":   "call a service that does it by an :http step",
}

// stepType is what a step of a type may be given.
type stepType struct {
	fields []field
	check  func(c *checker, s *Site)
}

// field is one key of a step's configuration. Its value may be any expression; the
// shape is asked of values that are written out.
type field struct {
	name  string
	shape schema.Shape
}

// laterFields are fields that the language has and this build doesn't act on yet, by step type.
var laterFields = map[string]map[string]later{
	"wait": {
		"webhook": "let the flow that gets the webhook decide the wait by its :key",
		"event":   "let the flow that gets the event decide the wait by its :key",
	},
}

// everyStep are the fields of every step, activity those of steps that do their work outside.
var (
	everyStep = []field{
		{"title", schema.Any},
		{"on-error", schema.OneOf("fail", "skip")},
		{"expect", schema.Any},
	}
	activity = []field{
		{"timeout", lasting},
		{"retry", schema.Map},
		{"persist", schema.Map},
		{"placement", schema.OneOf("local", "regular")},
	}
)

// with joins lists of fields.
func with(lists ...[]field) []field {
	var out []field
	for _, fields := range lists {
		out = append(out, fields...)
	}
	return out
}

var retryFields = []field{
	{"max-attempts", schema.Positive},
	{"backoff-ms", schema.Natural},
	{"multiplier", schema.Number},
	{"max-backoff-ms", schema.Natural},
}

// requestFields are the fields of a request: of an :http step, of an :http-request template
// and of a notification's :http channel.
var requestFields = []field{
	{"connection", schema.Name},
	{"url", schema.Text},
	{"path", schema.Text},
	{"method", methods},
	{"query", schema.Map},
	{"headers", schema.Map},
	{"json", schema.Any},
	{"form", schema.Map},
	{"body", schema.Any},
	{"multipart", schema.Any},
	{"body-from-ref", schema.Any},
	{"content-type", schema.Text},
	{"accept", schema.Name},
	{"response-as", schema.OneOf("auto", "json", "jsonl", "text", "bytes", "edn", "xml", "yaml", "sse")},
	{"include-headers", schema.Any},
	{"accept-status", schema.Any},
	{"auth", schema.Map},
	{"client-opts", schema.Map},
}

var methodNames = schema.OneOf("get", "head", "post", "put", "patch", "delete", "options")

// methods may be given as text, too, in capitals or not.
var methods = schema.Shape{Says: methodNames.Says, Names: methodNames.Names, Is: func(n *syntax.Node) bool {
	return methodNames.Is(n) || (schema.Text.Is(n) && slices.Contains(methodNames.Names, strings.ToLower(schema.TextOf(n))))
}}

var httpFields = with([]field{
	{"template", schema.Name},
	{"data", schema.Map},
}, requestFields)

var functionFields = []field{
	{"ref", schema.Name},
	{"code", schema.Text},
	{"input", schema.Map},
	{"load", schema.Vector},
}

var waitFields = []field{
	{"key", schema.Name},
	{"timeout", schema.Any},
	{"on-timeout", schema.OneOf("fail", "continue")},
	{"default-value", schema.Any},
	{"notify", schema.Map},
	{"webhook", schema.Map},
	{"event", schema.Map},
	{"validation", schema.Any},
	{"roles", schema.Any},
	{"approvers", schema.Vector},
	{"quorum", schema.Positive},
	{"remind", schema.Vector},
}

// reminderFields are those of one reminder of a :wait.
var reminderFields = []field{
	{"after", schema.Any},
	{"notify", schema.Map},
}

var notifyFields = []field{
	{"channels", schema.Map},
	{"template", schema.Name},
	{"data", schema.Map},
}

var kvFields = []field{
	{"operation", schema.OneOf("get", "set", "delete", "exists", "increment", "append", "list-keys", "compare-and-set")},
	{"key", schema.Text},
	{"value", schema.Any},
	{"default", schema.Any},
	{"ttl", schema.Positive},
	{"if-not-exists", schema.Bool},
	{"delta", schema.Number},
	{"item", schema.Any},
	{"items", schema.Vector},
	{"max-length", schema.Positive},
	{"prefix", schema.Text},
	{"limit", schema.Positive},
	{"expected", schema.Any},
}

var dbFields = []field{
	{"connection", schema.Name},
	{"sql", schema.Text},
	{"template", schema.Name},
	{"params", schema.Any},
	{"statements", schema.Vector},
	{"read-only", schema.Bool},
	{"once", schema.Bool},
	{"isolation", schema.OneOf("read-committed", "repeatable-read", "serializable")},
	{"max-rows", schema.Positive},
}

var blobFields = []field{
	{"operation", schema.OneOf("read", "url", "delete")},
	{"ref", schema.Any},
	{"as", schema.OneOf("auto", "json", "jsonl", "text", "bytes", "edn", "xml", "yaml", "sse")},
	{"expires", lasting},
}

var llmFields = []field{
	{"connection", schema.Name},
	{"api", schema.OneOf("openai", "anthropic")},
	{"path", schema.Text},
	{"model", schema.Text},
	{"system", schema.Text},
	{"prompt", schema.Text},
	{"template", schema.Name},
	{"data", schema.Map},
	{"messages", schema.Vector},
	{"max-tokens", schema.Positive},
	{"temperature", schema.Number},
	{"schema", schema.Map},
	{"options", schema.Map},
	{"stream", schema.Bool},
}

// statementFields are those of one of the :statements of a :db step.
var statementFields = []field{
	{"sql", schema.Text},
	{"template", schema.Name},
	{"params", schema.Any},
}

var sleepFields = []field{
	{"duration", schema.Any},
	{"seconds", schema.Number},
	{"millis", schema.Natural},
}

var fanoutFields = []field{
	{"title", schema.Any},
	{"expect", schema.Any},
	{"items", schema.Vector},
	{"do", schema.Any},
	{"max-concurrency", schema.Positive},
	{"on-error", schema.OneOf("fail", "continue", "collect")},
}

// callFields are those of flow/call-flow's map, and with :type of an item of a :fanout that calls a flow.
var callFields = []field{
	{"flow-slug", schema.Name},
	{"input", schema.Map},
	{"version", schema.Positive},
	{"timeout", lasting},
}

var pollFields = []field{
	{"id", schema.Name},
	{"interval", lasting},
	{"timeout", lasting},
	{"max-attempts", schema.Positive},
	{"return-on", schema.Any},
	{"abort-on", schema.Any},
	{"backoff", schema.Any},
}

var persistFields = []field{
	{"type", schema.OneOf("blob", "kv")},
	{"filename", schema.Text},
	{"content-type", schema.Text},
	{"tier", schema.OneOf("retained", "ephemeral")},
	{"signed-url", schema.Any},
	{"shared", schema.Any},
	{"key", schema.Text},
	{"ttl", schema.Positive},
}

// kvNeeds are the fields that an operation can't do without.
var kvNeeds = map[string][]string{
	"get": {"key"}, "set": {"key", "value"}, "delete": {"key"}, "exists": {"key"}, "increment": {"key"},
	"append": {"key"}, "compare-and-set": {"key", "expected", "value"},
}
