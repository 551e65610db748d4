package standin

import (
	"net/http"
	"time"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// MaxDelay bounds :delay-ms: a stand-in may be slow, not gone.
const MaxDelay = 10 * time.Minute

// answer is one canned response.
type answer struct {
	status int
	header http.Header
	body   []byte
	delay  time.Duration
}

// answer reads one answer. The body's content type is that of its field unless
// :headers names another.
func (p *parser) answer(n *syntax.Node) answer {
	a := answer{status: http.StatusOK, header: http.Header{}}
	contentType, bodies := "", 0
	p.pairs(n, "an answer is a map like {:status 200 :json {...}}", func(k, v *syntax.Node) {
		switch k.Name() {
		case "status":
			if status, ok := p.whole(v, 100, 599); ok {
				a.status = int(status)
			}
		case "delay-ms":
			if ms, ok := p.whole(v, 0, MaxDelay.Milliseconds()); ok {
				a.delay = time.Duration(ms) * time.Millisecond
			}
		case "headers":
			p.headers(v, a.header)
		case "json":
			bodies++
			contentType = "application/json"
			if data, ok := p.value(v); ok {
				text, err := wire.MarshalPlain(data)
				if err != nil {
					p.problem(v, "stubs-data", "", "this does not become JSON: %s", err)
				}
				a.body = text
			}
		case "edn":
			bodies++
			contentType = "application/edn"
			if _, ok := p.value(v); ok {
				a.body = p.text[v.Start:v.Stop:v.Stop]
			}
		case "text":
			bodies++
			contentType = "text/plain; charset=utf-8"
			text, ok := v.Value.AsString()
			if !ok {
				p.problem(v, "stubs-answer", "", ":text is a string")
			}
			a.body = []byte(text)
		default:
			p.problem(k, "stubs-field", "one of :status :headers :json :edn :text :delay-ms", "an answer has no such field")
		}
	})
	if bodies > 1 {
		p.problem(n, "stubs-answer", "keep one of :json, :edn and :text", "an answer has one body")
	}
	if contentType != "" && a.header.Get("Content-Type") == "" {
		a.header.Set("Content-Type", contentType)
	}
	return a
}

func (p *parser) whole(n *syntax.Node, low, high int64) (int64, bool) {
	i, ok := n.Value.AsInt()
	if n.Kind != syntax.Literal || !ok || i < low || i > high {
		p.problem(n, "stubs-answer", "", "this is a whole number from %d to %d", low, high)
		return 0, false
	}
	return i, true
}

func (p *parser) headers(n *syntax.Node, into http.Header) {
	p.pairs(n, `headers are a map, "Name" to "value"`, func(k, v *syntax.Node) {
		name, ok := k.Value.AsString()
		if !ok {
			name = k.Name()
		}
		if name == "" {
			p.problem(k, "stubs-answer", "", "a header's name is a string")
			return
		}
		values := []*syntax.Node{v}
		if v.Kind == syntax.Vector {
			values = v.Items
		}
		for _, item := range values {
			text, ok := headerText(item.Value)
			if !ok || item.Kind != syntax.Literal {
				p.problem(item, "stubs-answer", "", "a header's value is a string or a number")
				continue
			}
			into.Add(name, text)
		}
	})
}

func headerText(v value.Value) (string, bool) {
	if text, ok := v.AsString(); ok {
		return text, true
	}
	if _, ok := v.AsInt(); ok {
		text, err := wire.MarshalPlain(v)
		return string(text), err == nil
	}
	return "", false
}
