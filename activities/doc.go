// Package activities does what steps do: one file per step type.
//
// A step reaches it as a Call and leaves it as a value, or as an error of a stable type (its code) with a Failure in its
// details. Whatever an activity does may be done again: requests carry an idempotency key, writes to KV a token, blobs
// have names that follow from the work, and all three are the same over all attempts of one occurrence of a step.
//
// Secrets are attached here, from bindings, and never leave: no result, error or log holds one.
//
//	template   Handlebars, typed
//	egress     which addresses may be dialled
//	binding    what slots are bound to; secrets
//	request    a step's fields as an HTTP request
//	response   an HTTP answer's body as a value
//	store      versions and blobs in S3, KV in Redis
//	fault      errors with a code, and whether to try again
//
// It may import definition and interpreter.
package activities
