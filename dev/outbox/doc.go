// Package outbox keeps what flows send to people in dev mode, so that a person
// sees the mail that production would have sent, links and all.
//
// It imports no other room. It promises to keep the newest MaxMessages, to show
// what it holds as text and as one self-contained page that runs no script, and
// to make links of http and https addresses only.
package outbox
