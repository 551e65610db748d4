package core

import (
	"math"
	"time"

	"github.com/weir-run/weir/interpreter/value"
)

// timeHelpers are the calculations with instants (#inst values, to the millisecond, always UTC):
//
//	(parse-instant text)                      ISO 8601: a date, or a date and time, with or without an offset (UTC)
//	(parse-instant text pattern)              a pattern like "dd.MM.yyyy HH:mm" (UTC)
//	(format-instant inst)                     ISO 8601 in UTC, with milliseconds where there are any
//	(format-instant inst pattern)             a pattern, in UTC
//	(format-instant-pattern inst pattern)     the same
//	(instant-plus inst n unit)                unit :millis :seconds :minutes :hours :days :weeks :months :years
//	(instant-minus inst n unit)
//	(truncate-instant inst unit)              the beginning of its :seconds :minutes :hours :days :weeks (Monday) :months :years
//	(instant->epoch-ms inst)                  milliseconds since 1970
//	(epoch-ms->instant ms)
//	(duration-between from to)                milliseconds, negative where to is earlier
//	(duration-between from to unit)           whole units, cut off towards zero
//
// Patterns take Java's letters y u M d H h m s S a E X Z, doubled and so on for width, and 'quoted' text.
func timeHelpers() []*value.Builtin {
	return []*value.Builtin{
		oneOrTwo("parse-instant", parseInstant, parseByPattern),
		oneOrTwo("format-instant", func(_ *thread, a val) val { return value.String(value.Text(nil, wantInst(a))) }, formatByPattern),
		two("format-instant-pattern", formatByPattern),
		many("instant-plus", 3, 3, func(_ *thread, args []val) val { return shift(args[0], wantInt(args[1]), args[2]) }),
		many("instant-minus", 3, 3, func(_ *thread, args []val) val { return shift(args[0], -wantInt(args[1]), args[2]) }),
		two("truncate-instant", truncate),
		one("instant->epoch-ms", func(_ *thread, a val) val { return value.Int(wantTime(a).UnixMilli()) }),
		one("epoch-ms->instant", func(_ *thread, a val) val { return instant(time.UnixMilli(wantInt(a))) }),
		many("duration-between", 2, 3, durationBetween),
	}
}

func wantInst(v val) val {
	if v.Kind() != value.KindInst {
		value.ThrowHint("IllegalArgumentException", "wrong-type", "make one with parse-instant, epoch-ms->instant or #inst", "%s stands where an instant is needed", value.AKind(v))
	}
	return v
}

func wantTime(v val) time.Time {
	t, _ := wantInst(v).AsInst()
	return t
}

// Instants outside of the years 0 to 9999 have no ISO 8601 text and are refused.
var (
	firstInstant = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	lastInstant  = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
)

func instant(t time.Time) val {
	if t.Before(firstInstant) || !t.Before(lastInstant) {
		value.Throw("DateTimeException", "the instant is outside of the years 0 to 9999")
	}
	return value.NewInst(t)
}

// timeWork is what reading an instant costs.
const timeWork = 20

func parseInstant(th *thread, a val) val {
	if a.Kind() == value.KindInst {
		return a
	}
	s := chargedChars(th, a)
	th.Charge(timeWork)
	inst, err := value.ParseInst(s[:min(len(s), maxTimeText)])
	if err != nil || len(s) > maxTimeText {
		s = value.CutText(s, maxTimeText)
		value.ThrowHint("DateTimeParseException", "bad-instant", `like "2026-01-31T09:30:00Z"`, "Text '%s' could not be parsed as an instant", s)
	}
	return inst
}

// fixedUnits are the units that are always equally long.
var fixedUnits = map[string]time.Duration{
	"millis": time.Millisecond, "seconds": time.Second, "minutes": time.Minute,
	"hours": time.Hour, "days": 24 * time.Hour, "weeks": 7 * 24 * time.Hour,
}

// wantUnit is a unit's name, in the plural.
func wantUnit(v val) string {
	name := ""
	if k, ok := v.AsKeyword(); ok {
		name = k.Name
	} else if s, ok := v.AsString(); ok {
		name = s
	}
	for _, unit := range []string{"millis", "seconds", "minutes", "hours", "days", "weeks", "months", "years"} {
		if name == unit || name+"s" == unit {
			return unit
		}
	}
	value.ThrowHint("IllegalArgumentException", "bad-unit", ":millis :seconds :minutes :hours :days :weeks :months :years",
		"%s is no unit of time", value.PrStr(nil, v))
	return ""
}

// maxShift is 20 000 years in milliseconds: further no instant has another one.
const maxShift = 20_000 * 366 * 24 * 3600 * 1000

func shift(inst val, n int64, unit val) val {
	t := wantTime(inst)
	name := wantUnit(unit)
	d, fixed := fixedUnits[name]
	if limit := maxShift / max(1, d.Milliseconds()); n > limit || n < -limit {
		value.Throw("DateTimeException", "the instant is outside of the years 0 to 9999")
	}
	if fixed {
		return instant(time.UnixMilli(t.UnixMilli() + n*d.Milliseconds()))
	}
	months := int(n)
	if name == "years" {
		months *= 12
	}
	return instant(plusMonths(t, months))
}

// plusMonths keeps the day of the month where the month has it, and takes its last day where not.
func plusMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

func truncate(_ *thread, inst, unit val) val {
	t := wantTime(inst)
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	switch name := wantUnit(unit); name {
	case "days":
		return value.NewInst(day)
	case "weeks":
		return value.NewInst(day.AddDate(0, 0, -(int(day.Weekday())+6)%7))
	case "months":
		return value.NewInst(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC))
	case "years":
		return value.NewInst(time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC))
	default:
		ms, step := t.UnixMilli(), fixedUnits[name].Milliseconds()
		return value.InstOf(int64(math.Floor(float64(ms)/float64(step))) * step)
	}
}

func durationBetween(_ *thread, args []val) val {
	from, to := wantTime(args[0]), wantTime(args[1])
	ms := to.UnixMilli() - from.UnixMilli()
	if len(args) == 2 {
		return value.Int(ms)
	}
	name := wantUnit(args[2])
	if d, fixed := fixedUnits[name]; fixed {
		return value.Int(ms / d.Milliseconds())
	}
	months := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
	switch rest := sinceMonthBegan(to) - sinceMonthBegan(from); {
	case months > 0 && rest < 0:
		months--
	case months < 0 && rest > 0:
		months++
	}
	if name == "years" {
		months /= 12
	}
	return value.Int(int64(months))
}

// sinceMonthBegan is how far into its month t is.
func sinceMonthBegan(t time.Time) time.Duration {
	return t.Sub(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC))
}
