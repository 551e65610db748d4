package console

import (
	"net/http"
	"strings"
)

// signInPage is the page that asks for a token.
type signInPage struct {
	To      string // where to go then
	Problem string
}

func (c *Console) showSignIn(w http.ResponseWriter, r *http.Request) {
	to := destination(r.URL.Query().Get("to"))
	if _, ok := c.session(r); ok {
		c.redirect(w, r, to)
		return
	}
	c.render(w, http.StatusOK, "sign-in", "Sign in", session{}, signInPage{To: to})
}

// signIn takes the token by POST, so that it is in no address and no log.
func (c *Console) signIn(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, MaxForm)
	if err := r.ParseForm(); err != nil {
		c.notice(w, http.StatusBadRequest, "That could not be read", "The form was cut off or is too large.")
		return
	}
	to := destination(r.PostForm.Get("to"))
	id, ok := c.Access.SignIn(strings.TrimSpace(r.PostForm.Get("token")))
	if !ok {
		c.Logger.Warn("sign-in refused")
		c.render(w, http.StatusUnauthorized, "sign-in", "Sign in", session{}, signInPage{To: to, Problem: "That token isn’t right."})
		return
	}
	http.SetCookie(w, c.issue(id))
	c.redirect(w, r, to)
}

func (c *Console) signOut(w http.ResponseWriter, r *http.Request) {
	gone := c.cookie("")
	gone.MaxAge = -1
	http.SetCookie(w, gone)
	c.redirect(w, r, "/ui/sign-in")
}

// destination is a page of ours, whatever was asked for.
func destination(to string) string {
	if !strings.HasPrefix(to, "/ui/") || strings.HasPrefix(to, "/ui/live") || strings.HasPrefix(to, "/ui/sign") || strings.ContainsAny(to, "\\\r\n") {
		return "/ui/"
	}
	return to
}
