// Package request makes an HTTP request of a step's fields, and sends it.
//
// Fields come from the step and from its template, whose texts are rendered with the step's :data; where both have a field, the
// step's counts (:headers and :query are merged key by key). What a template's value can do is bounded by where it
// stands: in :path and :url it is one percent-encoded piece, in :query one value, in :headers it can't break the line, and nothing in
// :path leads to another host. Credentials are attached last, from bindings; they follow no redirect to another origin.
//
// It may import activities/binding, activities/fault, activities/template and interpreter.
package request
