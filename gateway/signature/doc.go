// Package signature decides whether a webhook delivery is genuine, and makes
// genuine ones for trying a flow out.
//
// A Scheme is the :auth of a webhook or an HTTP interface as plain Go. Verify
// judges a Request by its raw bytes: nothing is parsed before it has passed.
// Sign is Verify's counterpart: what Sign makes, Verify takes.
//
// It promises: secrets are compared in constant time; a header or parameter
// that carries a credential, a signature or a timestamp counts only if it is
// there exactly once; a scheme without a usable secret verifies nothing; no
// error holds anything that a sender or a secret contributed.
//
// It imports nothing of ours.
package signature
