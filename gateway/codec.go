package gateway

import (
	"crypto/sha256"
	"crypto/subtle"
	"log/slog"
	"net/http"
	"slices"
	"strings"
)

// MaxCodecBody is the most bytes of payloads that are decoded or encoded at once.
const MaxCodecBody = 16 << 20

// Codec is the endpoint by which Temporal's Web UI and CLI read payloads that are encrypted, or in the store.
type Codec struct {
	Handler http.Handler // of POST .../decode, .../encode and .../download
	Token   string       // who has it reads every payload; "" turns the endpoint off
	Origins []string     // of the Web UIs whose pages may ask
}

// codecVerbs are what the endpoint does.
var codecVerbs = []string{"decode", "encode", "download"}

// routes adds the endpoint twice: the CLI sends the token in a header, the Web UI can only have it in the address.
func (c Codec) routes(mux *http.ServeMux, bounded func(http.HandlerFunc) http.Handler) {
	if c.Token == "" || c.Handler == nil {
		return
	}
	mux.Handle("POST /codec/{verb}", bounded(func(w http.ResponseWriter, r *http.Request) { c.answer(w, r, bearer(r)) }))
	mux.Handle("POST /codec/{token}/{verb}", bounded(func(w http.ResponseWriter, r *http.Request) { c.answer(w, r, r.PathValue("token")) }))
	mux.HandleFunc("OPTIONS /codec/{verb}", c.preflight)
	mux.HandleFunc("OPTIONS /codec/{token}/{verb}", c.preflight)
}

// preflight tells a browser whether a page of that origin may ask. It needs no token: browsers send none.
func (c Codec) preflight(w http.ResponseWriter, r *http.Request) {
	if c.allow(w, r) {
		h := w.Header()
		h.Set("Access-Control-Allow-Methods", http.MethodPost)
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Namespace")
		h.Set("Access-Control-Max-Age", "600")
	}
	w.WriteHeader(http.StatusNoContent)
}

// allow lets a page of a known origin read the answer.
func (c Codec) allow(w http.ResponseWriter, r *http.Request) bool {
	w.Header().Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if origin == "" || !slices.Contains(c.Origins, origin) {
		return false
	}
	w.Header().Set("Access-Control-Allow-Origin", origin)
	w.Header().Set("Access-Control-Allow-Credentials", "true")
	return true
}

func (c Codec) answer(w http.ResponseWriter, r *http.Request, sent string) {
	known := c.allow(w, r)
	if r.Header.Get("Origin") != "" && !known {
		note(r.Context(), slog.String("refused", "origin"))
		writeProblem(w, problem{status: http.StatusForbidden, Code: "forbidden", Message: "pages of this origin may not ask (WEIR_CODEC_ORIGINS)"})
		return
	}
	want, got := sha256.Sum256([]byte(c.Token)), sha256.Sum256([]byte(sent))
	if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
		note(r.Context(), slog.String("refused", "codec token"))
		w.Header().Set("WWW-Authenticate", `Bearer realm="weir codec"`)
		writeProblem(w, problem{status: http.StatusUnauthorized, Code: "unauthorized", Message: "send Authorization: Bearer and the codec token"})
		return
	}
	if !slices.Contains(codecVerbs, r.PathValue("verb")) {
		writeProblem(w, problemNotFound)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	r.Body = http.MaxBytesReader(w, r.Body, MaxCodecBody)
	c.Handler.ServeHTTP(w, r)
}

// bearer is the token of the Authorization header; "" if there is none, or more than one.
func bearer(r *http.Request) string {
	values := r.Header.Values("Authorization")
	if len(values) != 1 {
		return ""
	}
	scheme, sent, _ := strings.Cut(values[0], " ")
	if !strings.EqualFold(scheme, "bearer") {
		return ""
	}
	return strings.TrimSpace(sent)
}
