// Package standin answers in place of the services that a flow talks to, from
// a file of canned answers (stubs.edn), for `weir dev` and for tests:
//
//	{:orders-api {[:get "/orders/{id}"]      {:json {:total 12.5}}
//	              [:get "/jobs/{id}"]        [{:json {:state "open"}} {:json {:state "done"}}]
//	              [:post "/orders/{id}/pay"] {:status 201 :headers {"X-Id" "7"} :text "ok" :delay-ms 50}}}
//
// An answer has at most one body: :json, :edn or :text. A vector holds the
// answers to successive calls of one and the same path; the last one repeats.
// A segment in braces matches any one segment, and the route with the most
// literal segments wins. :any stands for every method.
//
// It may import interpreter/... and nothing else of ours. It promises that a
// mistake in the file is shown with its place, that a request that no route
// takes is answered 404 with what the file does offer, and that every request
// is recorded without its credentials.
package standin
