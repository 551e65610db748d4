package standin

import (
	"net/http"
	"net/url"
	"strings"
)

// anyMethod is what :any becomes.
const anyMethod = "ANY"

var methods = map[string]bool{
	http.MethodGet: true, http.MethodHead: true, http.MethodPost: true, http.MethodPut: true,
	http.MethodPatch: true, http.MethodDelete: true, http.MethodOptions: true, anyMethod: true,
}

// route is a method and a path with the answers to its calls.
type route struct {
	method   string
	path     string // as written
	segments []string
	literal  int // how many of the segments are literal
	answers  []answer
}

func newRoute(method, path string) route {
	r := route{method: method, path: path, segments: segmentsOf(path)}
	for _, s := range r.segments {
		if !isHole(s) {
			r.literal++
		}
	}
	return r
}

// String is the route as the stubs file spells it.
func (r route) String() string { return "[:" + strings.ToLower(r.method) + ` "` + r.path + `"]` }

// takes tells whether the route answers a request of that method for the
// segments of that path. A HEAD is answered by a GET's route.
func (r route) takes(method string, segments []string) bool {
	if r.method != anyMethod && r.method != method && (r.method != http.MethodGet || method != http.MethodHead) {
		return false
	}
	if len(segments) != len(r.segments) {
		return false
	}
	for i, s := range r.segments {
		if isHole(s) {
			if segments[i] == "" {
				return false
			}
		} else if s != segments[i] {
			return false
		}
	}
	return true
}

// find answers the most literal route that takes the request, the first of
// equals; one that names the method goes before one for any.
func find(routes []route, method, escapedPath string) (route, bool) {
	segments := segmentsOf(escapedPath)
	for i, s := range segments {
		if plain, err := url.PathUnescape(s); err == nil {
			segments[i] = plain
		}
	}
	best := -1
	for i, r := range routes {
		if r.takes(method, segments) && (best < 0 || r.rank() > routes[best].rank()) {
			best = i
		}
	}
	if best < 0 {
		return route{}, false
	}
	return routes[best], true
}

func (r route) rank() int {
	if r.method == anyMethod {
		return 2 * r.literal
	}
	return 2*r.literal + 1
}

func segmentsOf(path string) []string {
	return strings.Split(strings.TrimSuffix(strings.TrimPrefix(path, "/"), "/"), "/")
}

func isHole(segment string) bool {
	return len(segment) > 2 && strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}")
}
