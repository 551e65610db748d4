package operator

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Limits of a call.
const (
	callTimeout = 60 * time.Second
	maxAnswer   = 64 << 20
)

// Client calls one gateway. It is safe for concurrent use.
type Client struct {
	base, token string
	http        *http.Client
}

// New returns a client of the gateway at base, a URL without trailing slash.
func New(base, token string) *Client {
	return &Client{base: base, token: token, http: &http.Client{Timeout: callTimeout}}
}

// Error is a refusal by the gateway.
type Error struct {
	Status  int     `json:"-"`
	Code    string  `json:"error"`
	Message string  `json:"message"`
	Fields  []Field `json:"fields,omitempty"`
	// WorkflowID and RunID name the run that holds the lane, where that is why.
	WorkflowID string `json:"workflow-id,omitempty"`
	RunID      string `json:"run-id,omitempty"`
}

// Field is what is wrong with one field of an input.
type Field struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

func (e *Error) Error() string {
	text := e.Message
	if text == "" {
		text = http.StatusText(e.Status)
	}
	for _, f := range e.Fields {
		text += fmt.Sprintf("\n  %s %s", f.Field, f.Message)
	}
	if e.RunID != "" {
		text += fmt.Sprintf(" (%s, run %s)", e.WorkflowID, e.RunID)
	}
	return fmt.Sprintf("%s [%s]", text, e.Code)
}

// Input tells whether the refusal is about what was sent rather than about the
// state of things.
func (e *Error) Input() bool {
	return e.Status == http.StatusUnprocessableEntity || e.Status == http.StatusBadRequest || e.Status == http.StatusRequestEntityTooLarge
}

// call sends a request and decodes the answer of any 2xx into answer. Statuses
// in also are decoded likewise.
func (c *Client) call(ctx context.Context, method, path string, query url.Values, body, answer any, also ...int) error {
	var sent io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("%s %s: %w", method, path, err)
		}
		sent = bytes.NewReader(text)
	}
	address := c.base + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	request, err := http.NewRequestWithContext(ctx, method, address, sent)
	if err != nil {
		return fmt.Errorf("call the gateway: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := c.http.Do(request)
	if err != nil {
		return fmt.Errorf("call the gateway: %w", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("call the gateway: read its answer: %w", err)
	}
	good := response.StatusCode >= 200 && response.StatusCode < 300
	for _, status := range also {
		good = good || response.StatusCode == status
	}
	if good {
		if err := json.Unmarshal(text, answer); err != nil {
			return fmt.Errorf("call the gateway: %s is no Weir gateway's answer: %w", c.base+path, err)
		}
		return nil
	}
	refusal := &Error{Status: response.StatusCode}
	if json.Unmarshal(text, refusal) != nil || refusal.Code == "" {
		refusal.Code = fmt.Sprintf("http-%d", response.StatusCode)
	}
	return refusal
}

// runPath is the path of a run; a workflow ID may hold slashes.
func runPath(workflowID string) string {
	parts := strings.Split(workflowID, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return "/api/runs/" + strings.Join(parts, "/")
}
