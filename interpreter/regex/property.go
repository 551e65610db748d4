package regex

import (
	"strings"
	"unicode"
)

// The classes that have a letter of their own.
var (
	digits      = setOf('0', '9')
	words       = setOf('a', 'z', 'A', 'Z', '0', '9', '_', '_')
	spaces      = setOf('\t', '\r', ' ', ' ')
	horizontal  = setOf(' ', ' ', '\t', '\t', 0xA0, 0xA0, 0x1680, 0x1680, 0x180E, 0x180E, 0x2000, 0x200A, 0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000)
	vertical    = setOf('\n', '\r', 0x85, 0x85, 0x2028, 0x2029)
	terminators = setOf('\n', '\n', '\r', '\r', 0x85, 0x85, 0x2028, 0x2029)
)

// posix are the ASCII classes that Java names as POSIX does.
var posix = map[string]set{
	"Lower": setOf('a', 'z'), "Upper": setOf('A', 'Z'), "ASCII": setOf(0, 0x7F), "Alpha": setOf('a', 'z', 'A', 'Z'),
	"Digit": digits, "Alnum": setOf('a', 'z', 'A', 'Z', '0', '9'),
	"Punct": setOf('!', '/', ':', '@', '[', '`', '{', '~'), "Graph": setOf('!', '~'), "Print": setOf(' ', '~'),
	"Blank": setOf(' ', ' ', '\t', '\t'), "Cntrl": setOf(0, 0x1F, 0x7F, 0x7F),
	"XDigit": setOf('0', '9', 'a', 'f', 'A', 'F'), "Space": spaces,
}

// binary are the properties of Unicode that \p{Is...} names, and the methods of java.lang.Character.
var binary = map[string][]*unicode.RangeTable{
	"ALPHABETIC":  {unicode.L, unicode.Nl, unicode.Other_Alphabetic},
	"LETTER":      {unicode.L},
	"DIGIT":       {unicode.Nd},
	"UPPERCASE":   {unicode.Lu, unicode.Other_Uppercase},
	"LOWERCASE":   {unicode.Ll, unicode.Other_Lowercase},
	"TITLECASE":   {unicode.Lt},
	"PUNCTUATION": {unicode.P},
	"CONTROL":     {unicode.Cc},
	"WHITE_SPACE": {unicode.White_Space}, "WHITESPACE": {unicode.White_Space},
	"IDEOGRAPHIC": {unicode.Ideographic},
	"HEX_DIGIT":   {unicode.Hex_Digit}, "HEXDIGIT": {unicode.Hex_Digit},
	"JOIN_CONTROL": {unicode.Join_Control}, "JOINCONTROL": {unicode.Join_Control},
}

var javaMethods = map[string][]*unicode.RangeTable{
	"javaLowerCase":     {unicode.Ll, unicode.Other_Lowercase},
	"javaUpperCase":     {unicode.Lu, unicode.Other_Uppercase},
	"javaTitleCase":     {unicode.Lt},
	"javaDigit":         {unicode.Nd},
	"javaLetter":        {unicode.L},
	"javaLetterOrDigit": {unicode.L, unicode.Nd},
	"javaAlphabetic":    {unicode.L, unicode.Nl, unicode.Other_Alphabetic},
	"javaISOControl":    {unicode.Cc},
}

// caseless is the name of the class that stands for a class of one case where case is ignored.
func caseless(name string) string {
	switch name {
	case "Lower", "Upper":
		return "Alpha"
	case "javaLowerCase", "javaUpperCase", "javaTitleCase":
		return "LC"
	}
	short := name[strings.LastIndexByte(name, '=')+1:]
	switch strings.ToUpper(strings.TrimPrefix(short, "Is")) {
	case "LU", "LL", "LT", "UPPERCASE", "LOWERCASE", "TITLECASE":
		return "LC"
	}
	return name
}

// property is the set that \p{name} names.
func property(name string) (set, bool) {
	if s, ok := posix[name]; ok {
		return s, true
	}
	if ts, ok := javaMethods[name]; ok {
		return tableSet(ts...), true
	}
	if name == "javaWhitespace" {
		nbsp := setOf(0xA0, 0xA0, 0x2007, 0x2007, 0x202F, 0x202F)
		return tableSet(unicode.Z).intersect(nbsp.negate()).union(setOf('\t', '\r', 0x1C, 0x1F)), true
	}
	if key, of, ok := strings.Cut(name, "="); ok {
		switch strings.ToLower(key) {
		case "script", "sc":
			return script(of)
		case "general_category", "gc":
			return category(of)
		}
		return nil, false
	}
	if rest, ok := strings.CutPrefix(name, "Is"); ok {
		if ts, ok := binary[strings.ToUpper(rest)]; ok {
			return tableSet(ts...), true
		}
		if s, ok := category(rest); ok {
			return s, true
		}
		return script(rest)
	}
	return category(name)
}

func category(name string) (set, bool) {
	switch name {
	case "LC":
		return tableSet(unicode.Lu, unicode.Ll, unicode.Lt), true
	case "LD":
		return tableSet(unicode.L, unicode.Nd), true
	case "L1":
		return setOf(0, 0xFF), true
	case "all":
		return setOf(0, maxRune), true
	}
	if t, ok := unicode.Categories[name]; ok {
		return tableSet(t), true
	}
	return nil, false
}

func script(name string) (set, bool) {
	for known, t := range unicode.Scripts {
		if strings.EqualFold(known, name) {
			return tableSet(t), true
		}
	}
	return nil, false
}
