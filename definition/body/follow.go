package body

import (
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// followed checks what a step's configuration names by way of locals and functions: Inspect has
// checked what is written out.
func (t *tracer) followed(s *Site, config *fact) {
	c := &checker{Report: t.Report, env: t.env}
	c.slot(named(s.Config, config, "connection"))
	switch s.Type {
	case "http":
		template := c.followedTemplate(s.Config, config, "http-request")
		if c.data != nil || template != nil {
			c.templateVariables(s.Config, template.or(c.known(s.Config)))
		}
	case "function":
		c.function(named(s.Config, config, "ref"))
	case "notify":
		c.followedNotice(s.Config, config)
	case "wait":
		if notify := s.Config.Get("notify"); notify != nil && notify.Kind == syntax.Map {
			c.followedNotice(notify, config.lookup("notify"), append(links[:len(links):len(links)], t.env.Inputs...)...)
		}
	}
}

func (c *checker) followedNotice(m *syntax.Node, config *fact, more ...string) {
	template := c.followedTemplate(m, config, "notification")
	if c.data != nil || template != nil {
		c.noticeVariables(m, template.or(c.known(m)), more...)
	}
}

// followedTemplate checks a :template that a local names, and notes what is known of a :data that isn't written out.
func (c *checker) followedTemplate(m *syntax.Node, config *fact, wanted string) *Template {
	if data := m.Get("data"); data != nil && computed(data) {
		c.data = config.lookup("data")
	}
	return c.template(named(m, config, "template"), wanted)
}

// known is the template that is written out, of which Inspect has told whether it is there.
func (c *checker) known(m *syntax.Node) *Template {
	if n := m.Get("template"); n != nil && !computed(n) {
		if t, ok := c.env.Templates[n.Name()]; ok {
			return &t
		}
	}
	return nil
}

func (t *Template) or(other *Template) *Template {
	if t != nil {
		return t
	}
	return other
}

// named is the keyword that a field surely is, as if it were written where a local or a call stands for it.
func named(m *syntax.Node, config *fact, field string) *syntax.Node {
	n := m.Get(field)
	if n == nil || !computed(n) {
		return nil
	}
	v := config.lookup(field)
	if s := v.sure(); s == nil || s.kind != keyword || v.word == "" {
		return nil
	}
	as := *n
	as.Kind, as.Value, as.Items = syntax.Literal, value.Kw(v.word), nil
	return &as
}
