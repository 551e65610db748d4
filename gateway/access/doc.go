// Package access knows the tokens of the gateway's API: what each may do, and with which flows.
//
// A tokens file holds SHA-256 sums, never a token: tokens are random texts of Generate, so that a sum tells nothing. The file is
// read again when it changes; while it can't be read, its tokens open nothing.
//
//	book.go   the tokens, found in constant time; the file behind them
//	read.go   the file's form
//	token.go  one token: scopes and flows; making new ones
package access
