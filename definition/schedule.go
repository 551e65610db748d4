package definition

import (
	"strings"
	"time"
	_ "time/tzdata" // so that time zones are known on machines that have none

	"github.com/weir-run/weir/definition/cron"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Schedule starts runs by the clock.
type Schedule struct {
	ID, Label  string
	Invocation string // the ID of one of the flow's Invocations
	Cron       string
	Timezone   string // IANA; "UTC" unless the definition says otherwise
	Enabled    bool   // true unless the definition says otherwise
	Input      value.Value
}

// scheduleForm is a schedule and its node of input.
type scheduleForm struct {
	Schedule
	input *syntax.Node
}

var scheduleTable = schema.Table[scheduleForm]{
	{Name: "id", Required: true, Shape: schema.Name, Set: schema.Into(func(s *scheduleForm) *string { return &s.ID })},
	{Name: "label", Shape: schema.Text, Set: schema.Into(func(s *scheduleForm) *string { return &s.Label })},
	{Name: "description", Shape: schema.Text},
	{Name: "invocation", Shape: schema.Name, Set: schema.Into(func(s *scheduleForm) *string { return &s.Invocation })},
	{Name: "enabled", Shape: schema.Bool, Set: schema.IntoBool(func(s *scheduleForm) *bool { return &s.Enabled })},
	{Name: "cron", Required: true, Shape: schema.Text, Hint: `write "0 * * * *", or @hourly, @daily, ... in quotes`, Set: setCron},
	{Name: "timezone", Shape: schema.Text, Hint: `write "Europe/Rome"`, Set: setTimezone},
	{Name: "input", Shape: schema.Map, Set: schema.IntoNode(func(s *scheduleForm) **syntax.Node { return &s.input })},
}

func setCron(r *schema.Report, s *scheduleForm, v *syntax.Node) {
	s.Cron = strings.TrimSpace(schema.TextOf(v))
	if err := cron.Check(s.Cron); err != nil {
		r.Error(v, "bad-cron", `five fields: minute hour day-of-month month day-of-week, as in "30 8 * * 1-5"`, "%v", err)
	}
}

func setTimezone(r *schema.Report, s *scheduleForm, v *syntax.Node) {
	s.Timezone = schema.TextOf(v)
	if _, err := time.LoadLocation(s.Timezone); err != nil || s.Timezone == "" || s.Timezone == "Local" {
		r.Error(v, "bad-timezone", `use a name of the IANA list, like "Europe/Rome" or "UTC"`, "there is no time zone %s", schema.Found(v))
	}
}

func (b *builder) schedules(n *syntax.Node) {
	schema.Entries(&b.Report, n, "a schedule", b.schedule)
}

func (b *builder) schedule(entry *syntax.Node) {
	s := scheduleForm{Schedule: Schedule{Enabled: true, Timezone: "UTC"}}
	scheduleTable.Read(&b.Report, entry, "a schedule", &s)
	at := firstNode(entry.Get("id"), entry)
	if s.ID == "" || !b.unique(b.scheduleAt, at, s.ID, "schedule") {
		return
	}
	if !eventText.MatchString(s.ID) {
		b.Error(at, "bad-id", "use letters, digits and . _ : ~ -", "a schedule can't have this :id")
	}
	s.Invocation = b.invocationOf(firstNode(entry.Get("invocation"), at), s.Invocation)
	s.Input = value.NewMap()
	if s.input != nil {
		s.Input = s.input.Datum()
	}
	b.flow.Schedules = append(b.flow.Schedules, s.Schedule)
	b.scheduleInput(entry, s)
}

// scheduleInput checks what a schedule starts its runs with.
func (b *builder) scheduleInput(entry *syntax.Node, s scheduleForm) {
	at := firstNode(s.input, entry.Get("cron"), entry)
	_, problems := b.flow.CheckInput(s.Invocation, s.Input)
	for _, p := range problems {
		switch {
		case !p.Missing:
			b.Error(firstNode(s.input.Get(p.Field), at), "wrong-input", "", "%s", p.Message)
		case s.Enabled:
			b.Warn(at, "schedule-lacks-input", "add :input {:"+p.Field+" ...}, or make the input optional",
				"schedule :%s gives no :%s, which its runs need: it will be paused", s.ID, p.Field)
		}
	}
	if len(problems) > 0 || !s.Enabled || b.flow.Concurrency.Type != Keyed {
		return
	}
	if _, err := b.flow.LaneKey(s.Input); err != nil {
		b.Warn(at, "schedule-lacks-input", "add it to the schedule's :input", "%v: schedule :%s will be paused", err, s.ID)
	}
}
