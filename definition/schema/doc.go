// Package schema checks forms against tables: which fields a map may hold, which of
// them it must, what shape their values have, and where they go. It knows no flow;
// package definition holds the tables.
//
// It may import interpreter/value, interpreter/syntax and interpreter/diagnostic.
//
// It promises that every problem of a form is found in one pass, each with the
// position of the node that causes it, and that nothing panics on odd forms.
package schema
