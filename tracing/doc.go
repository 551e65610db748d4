// Package tracing makes OpenTelemetry traces: of requests at the gateway, of runs and the attempts of their steps, and of the
// requests that steps send.
//
// It imports nothing of ours. A span says which route, which flow, which step, which host, and how it went: never a path, a query, a
// header, a body, a workflow ID (it has a lane's key, which is input) or an error's text. A nil *Tracing traces nothing and costs
// nothing.
package tracing
