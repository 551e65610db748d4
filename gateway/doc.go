// Package gateway is Weir's doors to HTTP: webhooks and HTTP interfaces that
// start runs, approval links that decide their waits, the runs API for scripts
// and the command line, flows as tools (MCP), health endpoints.
//
// What comes in is verified before it is parsed, and durable before it is
// acknowledged; only a POST decides; status codes tell the truth. What a
// secret or a token says never reaches a log, a page or an answer.
//
// The rooms below it: signature judges deliveries, token makes and checks the
// links, page renders what deciders see, console what operators do, access knows
// the tokens of the runs API and what they may do. The gateway itself keeps no state: runs
// live in Temporal, remembered deliveries in Redis, so that any number of
// gateways can serve side by side.
//
// It may import worker and what lies below it.
package gateway
