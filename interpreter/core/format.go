package core

import (
	"strconv"
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// format is clojure.core/format with java.util.Formatter's directives
// %s %S %d %x %X %o %f %e %E %g %G %c %C %b %B %h %n %%, argument indexes (%2$s, %<s),
// the flags - # + space 0 , ( and width and precision. Dates (%t) are refused.
func format(th *thread, args []val) val {
	pattern := wantString(args[0])
	f := formatter{th: th, args: args[1:], last: -1}
	for {
		i := strings.IndexByte(pattern, '%')
		if i < 0 {
			break
		}
		f.write(pattern[:i])
		spec, n := parseDirective(pattern[i:])
		f.directive(spec)
		pattern = pattern[i+n:]
	}
	f.write(pattern)
	return value.String(f.out.String())
}

// directive is one parsed %... of a format string.
type directive struct {
	text      string // as written, from the % on
	index     int    // 1-based explicit argument, 0: the next one, -1: the previous one again
	flags     string
	width     int // -1: none
	precision int // -1: none
	verb      byte
}

// has tells whether the directive carries a flag.
func (d *directive) has(flag byte) bool { return strings.IndexByte(d.flags, flag) >= 0 }

// upper tells whether the verb is one whose capital means upper case.
func (d *directive) upper() bool { return d.verb < 'a' && d.verb >= 'A' }

// maxFormatDigits bounds the digits of an index, width or precision, so that they fit an int.
const maxFormatDigits = 9

// parseDirective reads the directive at the start of s and returns its length.
func parseDirective(s string) (directive, int) {
	d := directive{width: -1, precision: -1}
	i := 1
	number := func() int {
		n, from := 0, i
		for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
			if i-from >= maxFormatDigits {
				value.Throw("IllegalFormatException", "%s", "number too large in format string: "+s[:i])
			}
			n = n*10 + int(s[i]-'0')
		}
		return n
	}
	if i < len(s) && s[i] >= '1' && s[i] <= '9' {
		n := number()
		if i < len(s) && s[i] == '$' {
			d.index = n
			i++
		} else {
			d.width = n
		}
	}
	if d.width < 0 {
		i = d.parseFlags(s, i)
		if i < len(s) && s[i] >= '1' && s[i] <= '9' {
			d.width = number()
		}
	}
	if i+1 < len(s) && s[i] == '.' && s[i+1] >= '0' && s[i+1] <= '9' {
		i++
		d.precision = number()
	}
	if i >= len(s) || !strings.ContainsRune("sSdxXofeEgGcCbBhHn%tTaA", rune(s[i])) {
		unknown := "%"
		if i < len(s) {
			unknown = string([]rune(s[i:])[:1])
		}
		value.Throw("UnknownFormatConversionException", "Conversion = '%s'", unknown)
	}
	d.verb = s[i]
	d.text = s[:i+1]
	return d, i + 1
}

func (d *directive) parseFlags(s string, i int) int {
	for ; i < len(s) && strings.IndexByte("-#+ 0,(<", s[i]) >= 0; i++ {
		if s[i] == '<' {
			d.index = -1
			continue
		}
		if d.has(s[i]) {
			value.Throw("DuplicateFormatFlagsException", "Flags = '%c'", s[i])
		}
		d.flags += s[i : i+1]
	}
	return i
}

// formatter is one call of format under way.
type formatter struct {
	th   *thread
	out  strings.Builder
	args []val
	next int // ordinary index
	last int // what %< refers to
}

func (f *formatter) write(s string) {
	f.th.ChargeSize(int64(len(s)))
	f.th.Charge(int64(len(s))/16 + 1)
	f.out.WriteString(s)
}

// directive renders one directive with its argument.
func (f *formatter) directive(d directive) {
	d.check()
	f.th.ChargeSize(int64(max(d.width, 0)) + int64(max(d.precision, 0)))
	switch d.verb {
	case '%':
		f.pad(d, "%")
		return
	case 'n':
		f.write("\n")
		return
	}
	arg := f.argument(d)
	switch d.verb {
	case 's', 'S':
		f.general(d, f.text(arg))
	case 'b', 'B':
		b, isBool := arg.AsBool()
		f.general(d, map[bool]string{true: "true", false: "false"}[!arg.IsNil() && (!isBool || b)])
	case 'h', 'H':
		s, ok := arg.AsString()
		switch {
		case ok:
			f.general(d, strconv.FormatUint(uint64(uint32(javaHash(s))), 16))
		case arg.IsNil():
			f.general(d, "null")
		default:
			value.ThrowHint("UnknownFormatConversionException", "format", `use (format "%x" (hash v))`, "%%h is for strings only here")
		}
	case 'c', 'C':
		f.character(d, arg)
	case 'd', 'x', 'X', 'o':
		f.integer(d, arg)
	default:
		f.float(d, arg)
	}
}

// argument picks what d renders.
func (f *formatter) argument(d directive) val {
	i := d.index - 1
	switch {
	case d.index == 0:
		i = f.next
		f.next++
	case d.index < 0:
		i = f.last
	}
	if i < 0 || i >= len(f.args) {
		value.Throw("MissingFormatArgumentException", "Format specifier '%s'", d.text)
	}
	f.last = i
	return f.args[i]
}

// check refuses flags, widths and precisions that a verb can't have.
func (d *directive) check() {
	mismatch := func(allowed string) {
		for i := range len(d.flags) {
			if strings.IndexByte(allowed, d.flags[i]) < 0 {
				value.Throw("FormatFlagsConversionMismatchException", "Conversion = %c, Flags = %c", d.verb|0x20, d.flags[i])
			}
		}
	}
	noPrecision := func() {
		if d.precision >= 0 {
			value.Throw("IllegalFormatPrecisionException", "%d", d.precision)
		}
	}
	switch d.verb {
	case 't', 'T', 'a', 'A':
		e := &value.Exception{
			Class:   "UnknownFormatConversionException",
			Message: "Conversion = '" + string(d.verb) + "'",
			Hint:    "dates are written with format-instant, hexadecimal floats not at all",
		}
		panic(e)
	case 'n':
		if d.width >= 0 {
			value.Throw("IllegalFormatWidthException", "%d", d.width)
		}
		noPrecision()
		if d.flags != "" {
			value.Throw("IllegalFormatFlagsException", "Flags = '%s'", d.flags)
		}
		return
	case '%', 'c', 'C':
		noPrecision()
		mismatch("-")
	case 's', 'S', 'b', 'B', 'h', 'H':
		if d.has('#') {
			value.Throw("FormatFlagsConversionMismatchException", "Conversion = %c, Flags = #", d.verb|0x20)
		}
		mismatch("-")
	case 'd':
		noPrecision()
		mismatch("-+ 0,(")
	case 'x', 'X', 'o':
		noPrecision()
		mismatch("-#0+ (")
	case 'e', 'E':
		mismatch("-#+ 0(")
	case 'g', 'G':
		mismatch("-+ 0,(")
	case 'f':
		mismatch("-#+ 0,(")
	}
	if (d.has('-') || d.has('0')) && d.width < 0 {
		value.Throw("MissingFormatWidthException", "%s", d.text)
	}
	if d.has('-') && d.has('0') || d.has('+') && d.has(' ') {
		value.Throw("IllegalFormatFlagsException", "Flags = '%s'", d.flags)
	}
}

// text is Java's String.valueOf.
func (f *formatter) text(v val) string {
	if v.IsNil() {
		return "null"
	}
	return value.Text(f.th, v)
}

// general writes a %s-like text: cut to the precision, in upper case, padded.
func (f *formatter) general(d directive, s string) {
	if d.precision >= 0 && d.precision < units(s) {
		s, _ = value.Substring(value.String(s), 0, d.precision).AsString()
	}
	if d.upper() {
		s = mapCase(s, upperCase)
	}
	f.pad(d, s)
}

func (f *formatter) character(d directive, arg val) {
	s := "null"
	if c, ok := arg.AsChar(); ok {
		s = value.CharText(c)
	} else if !arg.IsNil() {
		badConversion(d, arg)
	}
	if d.upper() {
		s = mapCase(s, upperCase)
	}
	f.pad(d, s)
}

// pad writes s with blanks up to the width.
func (f *formatter) pad(d directive, s string) {
	missing := d.width - units(s)
	if missing <= 0 {
		f.write(s)
		return
	}
	blanks := strings.Repeat(" ", missing)
	if d.has('-') {
		f.write(s + blanks)
	} else {
		f.write(blanks + s)
	}
}

func badConversion(d directive, arg val) {
	value.Throw("IllegalFormatConversionException", "%c != %s", d.verb|0x20, value.ClassName(arg))
}
