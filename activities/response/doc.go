// Package response reads the body of an HTTP answer, or of a blob, as a value.
//
//	json   keys as keywords where they are safe as such, exactly as sent; otherwise strings
//	jsonl  a vector, one value a line
//	edn    exactly one form, types kept
//	text   a string, decoded from the charset that the content type names
//	bytes  a string in base64
//	xml    {:tag :order :attrs {:id "7"} :content ["text" {:tag ...}]}, clojure.xml's shape; text that is only white space is left out
//	yaml   as JSON; aliases are followed, other tags than YAML's own are ignored
//	sse    a vector of {:event "message" :data "..." :id "..."} in the order of the stream
//	auto   by the content type: +json, +xml and text/* included; without one, JSON or text if it is that, else bytes
//
// An empty body is nil. The package may import interpreter.
package response
