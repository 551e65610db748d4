// Package definition holds a flow as a typed, validated value.
//
// Load reads a file or a folder, resolves its includes, checks everything in one pass
// and compiles the body and the functions once. Parse does the same with a text that
// stands alone. What they return is complete and right: a definition with an error
// gives diagnostics and no Flow. A Flow is immutable and shared by goroutines.
//
// The fields of a definition are tables, one file for each noun: slot.go, template.go,
// function.go and so on. Package schema checks forms against them; package body reads
// the steps of a body; package picture draws it; package cron knows cron expressions.
//
// It may import interpreter and what is below it. It knows no Temporal, no network, and
// no files but those that Load is asked for.
package definition
