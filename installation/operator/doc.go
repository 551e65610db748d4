// Package operator speaks to the runs API of a gateway: what `weir run`, `weir
// waits` and the other verbs about runs use. It needs the gateway's address and
// the API token, and neither Temporal nor the stores.
//
// It imports worker for the shapes of what a run tells, and promises that every
// refusal of the gateway arrives as an *Error that says what was wrong.
package operator
