package definition

import (
	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/diagnostic"
)

// Portable reports, as errors, what the body uses that the original platform denies there: data
// transforms and the threading macros other than ->.
func (f *Flow) Portable() diagnostic.List {
	var r schema.Report
	body.Portable(&r, f.Body)
	return f.origin.list(r.List).Sort()
}
