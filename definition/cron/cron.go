// Package cron checks cron expressions as Temporal's schedules understand them. It
// imports nothing of ours.
package cron

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// aliases are the names that stand for five fields.
var aliases = map[string]string{
	"@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
	"@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
}

// MinEvery is the shortest interval of an @every.
const MinEvery = time.Second

// field is the range of one of the five fields; names, if any, may be cut to shortest letters.
type field struct {
	name     string
	min, max int
	names    []string
	shortest int
}

var fields = [5]field{
	{name: "minute", max: 59},
	{name: "hour", max: 23},
	{name: "day of month", min: 1, max: 31},
	{name: "month", min: 1, max: 12, shortest: 3, names: []string{"january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december"}},
	{name: "day of week", max: 7, shortest: 2, names: []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}},
}

// Check says what is wrong with an expression: five fields (minute, hour, day of month, month,
// day of week), an alias like @hourly, or @every with a duration.
func Check(expression string) error {
	text := strings.TrimSpace(expression)
	switch {
	case strings.HasPrefix(text, "TZ="), strings.HasPrefix(text, "CRON_TZ="):
		return errors.New("the time zone stands in :timezone, not in the expression")
	case strings.Contains(text, "#"):
		return errors.New("comments are not part of an expression")
	}
	words := strings.Fields(text)
	if len(words) > 0 && words[0] == "@every" {
		return checkEvery(words[1:])
	}
	if strings.HasPrefix(text, "@") {
		alias, ok := aliases[text]
		if !ok {
			return fmt.Errorf("unknown alias %s: there are @yearly @monthly @weekly @daily @hourly and @every <duration>", text)
		}
		words = strings.Fields(alias)
	}
	if len(words) != len(fields) {
		return fmt.Errorf("an expression has 5 fields (minute, hour, day of month, month, day of week), and this has %d", len(words))
	}
	var sets [5]uint64
	for i, word := range words {
		set, err := fields[i].parse(word)
		if err != nil {
			return err
		}
		sets[i] = set
	}
	return checkPossible(sets[2], sets[3])
}

func checkEvery(words []string) error {
	if len(words) != 1 {
		return errors.New("@every needs one duration, as in @every 15m")
	}
	interval, phase, hasPhase := strings.Cut(words[0], "/")
	every, err := time.ParseDuration(interval)
	if err != nil || every < MinEvery {
		return fmt.Errorf("@every needs a duration of at least %s, not %s", MinEvery, interval)
	}
	if !hasPhase {
		return nil
	}
	if shift, err := time.ParseDuration(phase); err != nil || shift < 0 || shift >= every {
		return fmt.Errorf("the phase of @every must be a duration shorter than %s, not %s", interval, phase)
	}
	return nil
}

// parse reads one field into the set of its values.
func (f field) parse(word string) (uint64, error) {
	var set uint64
	for part := range strings.SplitSeq(word, ",") {
		span, stepText, hasStep := strings.Cut(part, "/")
		step := 1
		if hasStep {
			n, err := strconv.Atoi(stepText)
			if err != nil || n < 1 {
				return 0, fmt.Errorf("the step of %s must be a number above 0, not %q", f.name, stepText)
			}
			step = n
		}
		first, last, err := f.span(span, hasStep)
		if err != nil {
			return 0, err
		}
		for ; first <= last; first += step {
			set |= 1 << first
		}
	}
	return set, nil
}

func (f field) span(text string, open bool) (first, last int, err error) {
	if text == "*" {
		return f.min, f.max, nil
	}
	from, to, isRange := strings.Cut(text, "-")
	if first, err = f.value(from); err != nil {
		return 0, 0, err
	}
	switch {
	case isRange:
		if last, err = f.value(to); err != nil {
			return 0, 0, err
		}
		if last < first {
			return 0, 0, fmt.Errorf("the %s range %s ends before it begins", f.name, text)
		}
		return first, last, nil
	case open:
		return first, f.max, nil
	}
	return first, first, nil
}

func (f field) value(text string) (int, error) {
	if f.names != nil && len(text) >= f.shortest {
		for i, name := range f.names {
			if strings.HasPrefix(name, strings.ToLower(text)) {
				return i + f.min, nil
			}
		}
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < f.min || n > f.max || text[0] == '+' || text[0] == '-' {
		return 0, fmt.Errorf("%s must be %d-%d, not %q", f.name, f.min, f.max, text)
	}
	return n, nil
}

// longest is the most days that a month can have.
var longest = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// checkPossible refuses dates that no year has.
func checkPossible(days, months uint64) error {
	for month := 1; month <= 12; month++ {
		if months&(1<<month) == 0 {
			continue
		}
		if days&(1<<(longest[month]+1)-1) != 0 {
			return nil
		}
	}
	return errors.New("no month that it names has that day, so it would never fire")
}
