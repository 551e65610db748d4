// Package body reads a flow's body without running it: which steps it declares,
// whether their types, references and configuration are right, and where it compares
// what JSON can't hold.
//
// It may import interpreter/value, interpreter/syntax and definition/schema.
//
// It promises to be sure where it reports an error: what only a run can know (a step
// type that is computed, a configuration that is merged together) is let pass.
package body
