package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// SessionLifetime is how long a browser stays signed in.
const SessionLifetime = 12 * time.Hour

// Access says who may sign in. The gateway's tokens do.
type Access interface {
	// SignIn checks a token and returns its id, which is no secret.
	SignIn(token string) (id string, ok bool)
	// Key is a secret of the token with that id, nil if there is no such token any more: sessions end with their token.
	Key(id string) []byte
}

// session is a browser that was let in.
type session struct {
	id      string // of its token
	expires time.Time
	csrf    string // what its forms carry
}

// issue makes a session's cookie: id, expiry and their MAC under the token's own key. The token itself isn't in it.
func (c *Console) issue(id string) *http.Cookie {
	expires := c.Now().Add(SessionLifetime)
	text := base64.RawURLEncoding.EncodeToString([]byte(id)) + "." + strconv.FormatInt(expires.Unix(), 10)
	cookie := c.cookie(text + "." + mac(c.Access.Key(id), "session", text))
	cookie.MaxAge = int(SessionLifetime / time.Second)
	return cookie
}

// cookie is HttpOnly and SameSite=Strict: scripts don't read it, and no other site's page makes a browser send it. Over
// https it is bound to this very host by its name's prefix.
func (c *Console) cookie(value string) *http.Cookie {
	return &http.Cookie{Name: c.cookieName(), Value: value, Path: "/", HttpOnly: true, Secure: c.secure, SameSite: http.SameSiteStrictMode}
}

func (c *Console) cookieName() string {
	if c.secure {
		return "__Host-weir-session"
	}
	return "weir-session"
}

// session finds the session of a request: the one place that decides who is let in.
func (c *Console) session(r *http.Request) (session, bool) {
	if c.Loopback && c.onThisMachine(r) {
		return session{expires: c.Now().Add(SessionLifetime), csrf: mac(c.loopback, "form", "loopback")}, true
	}
	cookies := r.CookiesNamed(c.cookieName())
	if len(cookies) != 1 {
		return session{}, false
	}
	return c.read(cookies[0].Value)
}

func (c *Console) read(value string) (session, bool) {
	parts := strings.Split(value, ".")
	if len(parts) != 3 {
		return session{}, false
	}
	id, err := base64.RawURLEncoding.DecodeString(parts[0])
	seconds, err2 := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || err2 != nil {
		return session{}, false
	}
	key := c.Access.Key(string(id))
	text := parts[0] + "." + parts[1]
	expires := time.Unix(seconds, 0)
	now := c.Now()
	if key == nil || !same(mac(key, "session", text), parts[2]) || !now.Before(expires) || expires.After(now.Add(SessionLifetime+time.Minute)) {
		return session{}, false
	}
	return session{id: string(id), expires: expires, csrf: mac(key, "form", text)}, true
}

// mac authenticates a text for one purpose.
func mac(key []byte, purpose, text string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("weir console " + purpose + "\x00" + text))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// onThisMachine tells whether a request comes from a browser here that was really asked for us:
//   - its peer is a loopback address, and no proxy says that it speaks for another;
//   - it names us by a loopback name: a page whose own name was rebound to 127.0.0.1 sends that name;
//   - it isn't what another site's page asks for in the background. (Such a page couldn't read the answer; following its
//     link is allowed. What changes something is a POST, which sameSite checks besides.)
func (c *Console) onThisMachine(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !peer.Addr().Unmap().IsLoopback() {
		return false
	}
	for _, name := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"} {
		if len(r.Header.Values(name)) > 0 {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	if host != "localhost" && (err != nil || !addr.IsLoopback()) {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return true
	}
	return r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}

type signedIn func(w http.ResponseWriter, r *http.Request, s session)

// signedIn lets browsers in that are; others are asked to sign in first, and come back.
func (c *Console) signedIn(next signedIn) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s, ok := c.session(r)
		switch {
		case ok && r.Method == http.MethodPost && !c.ours(w, r, s):
		case ok:
			next(w, r, s)
		case r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html"):
			back := url.Values{"to": {r.URL.RequestURI()}}
			c.redirect(w, r, "/ui/sign-in?"+back.Encode())
		default:
			c.notice(w, http.StatusUnauthorized, "Please sign in", "Your session has ended. Sign in and try again; nothing was changed.")
		}
	}
}

// ours reads a posted form and checks that it came from a page of this session.
func (c *Console) ours(w http.ResponseWriter, r *http.Request, s session) bool {
	r.Body = http.MaxBytesReader(w, r.Body, MaxForm)
	if err := r.ParseForm(); err != nil {
		c.notice(w, http.StatusBadRequest, "That could not be read", "The form was cut off or is too large. Nothing was changed.")
		return false
	}
	if !same(r.PostForm.Get("csrf"), s.csrf) {
		c.notice(w, http.StatusForbidden, "That was not sent from here", "Open the page again and repeat it there. Nothing was changed.")
		return false
	}
	return true
}

// sameSite refuses POSTs that a browser says come from another site's page.
func (c *Console) sameSite(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := c.cross.Check(r); err != nil {
			c.notice(w, http.StatusForbidden, "That was not sent from here", "Another site’s page sent it. Nothing was changed.")
			return
		}
		next(w, r)
	}
}

// redirect leads to a path of ours by GET.
func (c *Console) redirect(w http.ResponseWriter, r *http.Request, path string) {
	headers(w.Header())
	http.Redirect(w, r, c.prefix+path, http.StatusSeeOther)
}
