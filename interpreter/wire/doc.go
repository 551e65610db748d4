// Package wire turns values into JSON and back.
//
// The wire form (Marshal, Unmarshal, V) is what Temporal's histories hold: plain JSON where JSON has the value, and
// tagged strings or arrays, in the manner of Transit's verbose JSON, where it doesn't. It is lossless both ways, keeps the
// order of maps, and takes JSON typed by a person as it is.
//
//	nil true 1 1.5 "text" [1 2]     null true 1 1.5 "text" [1,2]
//	{:order-id 1}                   {"order-id":1}      keyword keys are bare
//	{"order-id" 1}                  {"~'order-id":1}    text that would read as a keyword is marked
//	{"a b" 1, 2 :x}                 {"a b":1,"~i2":"~:x"}
//	:approve sym \a                 "~:approve" "~$sym" "~ca"
//	1N 1.50M 1/3                    "~n1" "~f1.50" ["~#ratio",["~n1","~n3"]]
//	##NaN ##Inf ##-Inf              "~zNaN" "~zINF" "~z-INF"
//	#inst #uuid                     "~t2026-01-01T00:00:00Z" "~u8a..."
//	#{1} (1 2)                      ["~#set",[1]] ["~#list",[1,2]]
//	{[1] 2}                         ["~#cmap",[[1],2]]  keys that are no scalars
//	"~x"                            "~~x"
//	the result of an http step      ["~#http",{"status":200,...}]
//
// The plain form (MarshalPlain, FromJSON) is what people and other programs exchange with Weir; it loses what JSON can't say.
//
// It may import interpreter/value and interpreter/syntax.
package wire
