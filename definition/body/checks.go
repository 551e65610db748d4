package body

import (
	"time"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// CheckRequest checks the :request of an :http-request template against the slots of env.
func CheckRequest(r *schema.Report, m *syntax.Node, env Env) {
	c := &checker{Report: r, env: env}
	if m.Kind == syntax.Map {
		c.fields(m, "a :request", with(requestFields, []field{{"timeout", lasting}}))
		c.slot(m.Get("connection"))
	}
}

// CheckChannels checks the :channels of a notification.
func CheckChannels(r *schema.Report, m *syntax.Node, env Env) {
	c := &checker{Report: r, env: env}
	if m.Kind == syntax.Map {
		c.channels(m)
	}
}

func (c *checker) channels(m *syntax.Node) {
	for i := 0; i+1 < len(m.Items); i += 2 {
		key, v := m.Items[i], m.Items[i+1]
		switch {
		case key.IsKeyword("http"):
			c.channel(v)
		case !computed(key):
			c.Error(key, "unknown-channel", "send it by the :http channel", "there is no channel %s", schema.Found(key))
		}
	}
	if len(m.Items) == 0 {
		c.Error(m, "missing-field", "add :http {...}", ":channels needs a channel")
	}
}

func (c *checker) channel(m *syntax.Node) {
	if computed(m) || !schema.Check(c.Report, m, ":http", schema.Map, "") {
		return
	}
	c.fields(m, "a notification's :http channel", with(requestFields, []field{{"timeout", lasting}, {"retry", schema.Map}}))
	c.needsOne(m, "a notification's :http channel", "connection", "url")
	c.slot(m.Get("connection"))
}

func checkHTTP(c *checker, s *Site) {
	const what = "an :http step"
	m := s.Config
	if m == nil {
		c.Error(s.Node, "missing-field", "add {:connection :slot :path \"/...\"}", "%s needs :connection or :url", what)
		return
	}
	c.slot(m.Get("connection"))
	if t := m.Get("template"); t != nil {
		template := c.template(t, "http-request")
		c.templateVariables(m, template)
		if template != nil && template.Body != nil && m.Get("connection") == nil && m.Get("url") == nil {
			if template.Body.Get("connection") == nil && template.Body.Get("url") == nil {
				c.Error(m, "missing-field", "add :connection here or to the template's :request", "%s needs :connection or :url, and its template has none", what)
			}
		}
	} else {
		c.needsOne(m, what, "connection", "url")
		if data := m.Get("data"); data != nil {
			c.Warn(data, "unused-field", "add :template, or take :data away", ":data is only for a :template, and %s has none", what)
		}
	}
}

func checkFunction(c *checker, s *Site) {
	if s.Config == nil {
		return
	}
	c.excludes(s.Config, "a :function step", "ref", "code")
	c.function(s.Config.Get("ref"))
}

func checkWait(c *checker, s *Site) {
	const what = "a :wait step"
	m := s.Config
	if m == nil {
		c.Error(s.Node, "missing-field", "add {:key ...}: what a decision is sent to", "%s needs :key", what)
		return
	}
	c.needs(m, what, "key")
	c.waitKey(s)
	c.duration(m.Get("timeout"), "timeout", MaxWait, "30 days")
	if on, v := m.Get("on-timeout"), m.Get("default-value"); on.IsKeyword("continue") && v == nil {
		c.Warn(on, "missing-default", "add :default-value", "a wait that continues without :default-value gives nil")
	} else if v != nil && (on == nil || on.IsKeyword("fail")) {
		c.Warn(v, "unused-field", "add :on-timeout :continue", ":default-value is used only with :on-timeout :continue")
	}
	c.approvers(m)
	names := append(links[:len(links):len(links)], c.env.Inputs...)
	if m.Get("approvers") != nil {
		names = append(names, "approver")
	}
	if m.Get("remind") != nil {
		names = append(names, "reminder")
	}
	c.waitNotice(m.Get("notify"), names)
	c.reminders(m, names)
}

// waitNotice checks the notification of a wait.
func (c *checker) waitNotice(notify *syntax.Node, names []string) {
	if notify == nil || notify.Kind != syntax.Map {
		return
	}
	c.fields(notify, ":notify", notifyFields)
	c.notice(notify, ":notify", names...)
}

func checkNotify(c *checker, s *Site) {
	if s.Config == nil {
		c.Error(s.Node, "missing-field", "add {:channels {:http {...}}}", "a :notify step needs :channels or :template")
		return
	}
	c.notice(s.Config, "a :notify step")
}

// notice checks what says how a notification is sent; more are names that its texts may use.
func (c *checker) notice(m *syntax.Node, what string, more ...string) {
	if !c.needsOne(m, what, "channels", "template") {
		return
	}
	c.noticeVariables(m, c.template(m.Get("template"), "notification"), more...)
	if channels := m.Get("channels"); channels != nil && channels.Kind == syntax.Map {
		c.channels(channels)
	}
}

// MaxSignedURL is the longest that a resource's address may be good for.
const MaxSignedURL = 7 * 24 * time.Hour

func checkBlob(c *checker, s *Site) {
	const what = "a :blob step"
	m := s.Config
	if m == nil {
		c.Error(s.Node, "missing-field", "add {:operation :read :ref ref}", "%s needs :operation and :ref", what)
		return
	}
	c.needs(m, what, "operation", "ref")
	op := m.Get("operation")
	for field, of := range map[string]string{"as": "read", "expires": "url"} {
		if v := m.Get(field); v != nil && op != nil && !computed(op) && op.Name() != of {
			c.Warn(v, "unused-field", "", ":%s is only for :operation :%s", field, of)
		}
	}
	c.duration(m.Get("expires"), "expires", MaxSignedURL, "7 days")
}

func checkKV(c *checker, s *Site) {
	m := s.Config
	if m == nil {
		c.Error(s.Node, "missing-field", "add {:operation :get :key ...}", "a :kv step needs :operation")
		return
	}
	c.needs(m, "a :kv step", "operation")
	op := m.Get("operation")
	if needs, ok := kvNeeds[op.Name()]; ok {
		c.needs(m, "a :kv step with :operation :"+op.Name(), needs...)
	}
	if op.IsKeyword("append") {
		c.needsOne(m, "a :kv step with :operation :append", "item", "items")
	}
	c.kvKey(m.Get("key"))
	c.ttl(m.Get("ttl"))
	if limit := m.Get("limit"); limit != nil && schema.Positive.Is(limit) && schema.IntOf(limit) > MaxLimit {
		c.Error(limit, "out-of-range", "", ":limit must be at most %d", MaxLimit)
	}
}

// Bounds of flow/poll.
const (
	MaxPoll         = time.Hour
	MaxPollAttempts = 100
)

func (c *checker) poll(m *syntax.Node) {
	c.fields(m, "flow/poll", pollFields)
	c.duration(m.Get("interval"), "interval", MaxPoll, "1 hour")
	c.duration(m.Get("timeout"), "timeout", MaxPoll, "1 hour")
	if n := m.Get("max-attempts"); n != nil && schema.Positive.Is(n) && schema.IntOf(n) > MaxPollAttempts {
		c.Error(n, "out-of-range", "", ":max-attempts must be at most %d", MaxPollAttempts)
	}
}

func checkSleep(c *checker, s *Site) {
	const what = "a :sleep step"
	m := s.Config
	if m == nil {
		c.Error(s.Node, "missing-field", "add {:duration \"10m\"}", "%s needs :duration, :seconds or :millis", what)
		return
	}
	if !c.needsOne(m, what, "duration", "seconds", "millis") {
		return
	}
	c.excludes(m, what, "duration", "seconds")
	c.excludes(m, what, "duration", "millis")
	c.excludes(m, what, "seconds", "millis")
	c.duration(m.Get("duration"), "duration", MaxSleep, "7 days")
	c.duration(m.Get("seconds"), "seconds", MaxSleep, "7 days")
	if millis := m.Get("millis"); millis != nil && schema.Natural.Is(millis) && schema.IntOf(millis) > MaxSleep.Milliseconds() {
		c.Error(millis, "out-of-range", "", ":millis must be at most 7 days")
	}
}
