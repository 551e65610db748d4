package dev

import (
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// channels are the slots that a flow's notifications are sent to. Where a flow
// computes one, any slot may be it.
type channels struct {
	slots map[string]bool
	any   bool
}

func (c channels) has(slot string) bool { return c.any || c.slots[slot] }

// channelsOf looks through a flow's templates and through its body.
func channelsOf(f *definition.Flow) channels {
	c := channels{slots: map[string]bool{}}
	for _, t := range f.Templates {
		if t.Type != definition.Notification {
			continue
		}
		if m, ok := t.Channels.AsMap(); ok {
			m.Each(func(_, channel value.Value) bool {
				if fields, ok := channel.AsMap(); ok {
					if slot, ok := fields.GetKw("connection").AsKeyword(); ok {
						c.slots[slot.Name] = true
					}
				}
				return true
			})
		}
	}
	c.walk(f.Body)
	return c
}

func (c *channels) walk(n *syntax.Node) {
	if n == nil {
		return
	}
	if at := n.Get("channels"); at != nil {
		c.channel(at)
	}
	for _, item := range n.Items {
		c.walk(item)
	}
}

// channel reads {:http {:connection :mail ...}}; whatever isn't written out is
// computed.
func (c *channels) channel(n *syntax.Node) {
	if n.Kind != syntax.Map {
		c.any = true
		return
	}
	for i := 1; i < len(n.Items); i += 2 {
		slot := n.Items[i].Get("connection")
		switch {
		case n.Items[i].Kind != syntax.Map, slot != nil && slot.Kind != syntax.Literal:
			c.any = true
		case slot != nil:
			c.slots[slot.Name()] = true
		}
	}
}
