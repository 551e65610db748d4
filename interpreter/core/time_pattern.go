package core

import (
	"strconv"
	"strings"
	"time"

	"github.com/weir-run/weir/interpreter/value"
)

// timeToken is one piece of a date pattern: a letter and how often it stands there, or text as it is.
type timeToken struct {
	letter byte // 0: text
	count  int
	text   string
}

// maxTimeText bounds the patterns, and the texts that can be instants.
const maxTimeText = 1 << 10

// timeTokens reads a pattern in the manner of java.time's DateTimeFormatter.
func timeTokens(pattern string) []timeToken {
	if len(pattern) > maxTimeText {
		value.ThrowHint("IllegalArgumentException", "bad-pattern", "", "The pattern is longer than %d bytes", maxTimeText)
	}
	var out []timeToken
	for i := 0; i < len(pattern); {
		c := pattern[i]
		switch {
		case c == '\'':
			text, n := quotedText(pattern[i:])
			out = append(out, timeToken{text: text})
			i += n
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			n := i
			for n < len(pattern) && pattern[n] == c {
				n++
			}
			if strings.IndexByte("yuMdHhmsSaEXZ", c) < 0 {
				value.ThrowHint("IllegalArgumentException", "bad-pattern", "letters are y u M d H h m s S a E X Z; quote text: 'T'", "Unknown pattern letter: %c", c)
			}
			out = append(out, timeToken{letter: c, count: n - i})
			i = n
		default:
			out = append(out, timeToken{text: string(c)})
			i++
		}
	}
	return out
}

// quotedText is a text between single quotes, of which two in a row mean one, and the length it takes.
func quotedText(s string) (text string, length int) {
	if strings.HasPrefix(s, "''") {
		return "'", 2
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '\'' {
			text += s[i : i+1]
			continue
		}
		if i+1 < len(s) && s[i+1] == '\'' {
			text += "'"
			i++
			continue
		}
		return text, i + 1
	}
	value.Throw("IllegalArgumentException", "Pattern ends with an incomplete string literal: %s", s)
	return "", 0
}

func formatByPattern(th *thread, inst, pattern val) val {
	t := wantTime(inst)
	var out strings.Builder
	for _, token := range timeTokens(chargedChars(th, pattern)) {
		out.WriteString(token.format(t))
	}
	return value.String(out.String())
}

func (k timeToken) format(t time.Time) string {
	switch k.letter {
	case 0:
		return k.text
	case 'y', 'u':
		if k.count == 2 {
			return pad(t.Year()%100, 2)
		}
		return pad(t.Year(), k.count)
	case 'M':
		switch k.count {
		case 1, 2:
			return pad(int(t.Month()), k.count)
		case 3:
			return t.Month().String()[:3]
		}
		return t.Month().String()
	case 'E':
		if k.count > 3 {
			return t.Weekday().String()
		}
		return t.Weekday().String()[:3]
	case 'a':
		return t.Format("PM")
	case 'S':
		digits := pad(t.Nanosecond(), 9) + strings.Repeat("0", max(0, k.count-9))
		return digits[:k.count]
	case 'X':
		return "Z"
	case 'Z':
		return "+0000"
	}
	return pad(k.number(t), k.count)
}

// number is the field that a numeric letter stands for.
func (k timeToken) number(t time.Time) int {
	switch k.letter {
	case 'd':
		return t.Day()
	case 'H':
		return t.Hour()
	case 'h':
		return (t.Hour()+11)%12 + 1
	case 'm':
		return t.Minute()
	}
	return t.Second()
}

// pad writes n with at least that many digits.
func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

func parseByPattern(th *thread, text, pattern val) val {
	s, layout := chargedChars(th, text), ""
	th.Charge(timeWork)
	for _, token := range timeTokens(chargedChars(th, pattern)) {
		layout += token.layout()
	}
	t, err := time.Parse(layout, s[:min(len(s), maxTimeText)])
	if err != nil || len(s) > maxTimeText {
		s = value.CutText(s, maxTimeText)
		value.ThrowHint("DateTimeParseException", "bad-instant", "the text has to follow the pattern to the letter",
			"Text '%s' could not be parsed by the pattern %s", s, value.PrStr(nil, pattern))
	}
	return instant(t)
}

// layout is the token in the notation of package time.
func (k timeToken) layout() string {
	pick := func(forms ...string) string { return forms[min(k.count, len(forms))-1] }
	switch k.letter {
	case 'y', 'u':
		return pick("2006", "06", "2006", "2006")
	case 'M':
		return pick("1", "01", "Jan", "January")
	case 'd':
		return pick("2", "02")
	case 'H':
		return "15"
	case 'h':
		return pick("3", "03")
	case 'm':
		return pick("4", "04")
	case 's':
		return pick("5", "05")
	case 'S':
		return strings.Repeat("0", k.count)
	case 'a':
		return "PM"
	case 'E':
		return pick("Mon", "Mon", "Mon", "Monday")
	case 'X':
		return pick("Z07", "Z0700", "Z07:00")
	case 'Z':
		return "-0700"
	}
	for i := range len(k.text) {
		if c := k.text[i]; c >= '0' && c <= '9' {
			value.Throw("IllegalArgumentException", "digits can't stand for themselves in a pattern: %s", k.text)
		}
	}
	return k.text
}
