package value

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRegexAsJava(t *testing.T) {
	t.Parallel()
	// pattern, text, what Java finds ("-": nothing)
	for _, c := range [][3]string{
		{"a.c", "a\nc", "-"}, {"a.c", "a\rc", "-"}, {"(?s)a.c", "a\nc", "a\nc"}, {"(?s-i:.)", "\n", "\n"}, {"(?d)a.c", "a\rc", "a\rc"},
		{`\s+`, "a \x0bb", " \x0b"}, {`\S+`, "\x0bab", "ab"}, {"[a-z&&[^aeiou]]+", "aeibcdo", "bcd"}, {"[a-c[x-z]]+", "mabxzq", "abxz"},
		{`\p{Alpha}+`, "12abC3", "abC"}, {`\P{Alpha}+`, "ab12c", "12"}, {`[\p{Lower}_]+`, "AB_c", "_c"}, {`\Qa.b\E+`, "xa.bbb", "a.bbb"},
		{`\Q[x`, "a[xb", "[x"}, {`\u0041\x42`, "AB", "AB"}, {`\uD83D\uDE00`, "a😀", "😀"}, {`\h+`, "a \tb", " \t"}, {`\R`, "a\r\nb", "\r\n"},
		{"(?i)abc", "xABC", "ABC"}, {"(?x) a b # hi\n c", "abc", "abc"}, {"(?<n>a)(b)?", "a", "a"}, {`\d{2,3}`, "12345", "123"},
		{"^b$", "a\nb", "-"}, {"(?m)^b$", "a\nb\nc", "b"}, {`[\w.-]+@[\w-]+`, "me.x@ex-y.z", "me.x@ex-y"}, {`[^\]]+`, "ab]c", "ab"},
		{`\p{L}+`, "1éa", "éa"}, {`\p{IsLatin}+`, "1éa", "éa"}, {`\pL`, "1é", "é"}, {`[\-\[]+`, "a-[b", "-["}, {`\0101`, "A", "A"},
		{`\cA`, "\x01", "\x01"}, {"[&]+", "a&b", "&"}, {"[a&&b]", "a", "-"}, {`[\s,]+`, "a, b", ", "}, {`\bfoo\b`, "a foo b", "foo"},
		{"a{2}", "aaa", "aa"}, {"x*", "aaa", ""}, {"(?i:a)b", "Ab", "Ab"}, {"[^a-c&&[b-z]]+", "abcdez", "a"}, {`\e`, "\x1b", "\x1b"},
		{"[.]", "a.b", "."}, {`\/`, "a/b", "/"}, {"[a-z&&[def]]", "abcdef", "d"}, {"[a-z&&[^m-p]]+", "lmnopq", "l"}, {`\v`, "a\n", "\n"},
		{"é+", "éé", "éé"}, {"[é-ü]", "ö", "ö"}, {`\é`, "é", "é"}, {"(?-i)a", "A", "-"}, {`a\Z`, "ba", "a"}, {"((?s)a.)b.", "a\nb\n", "-"},
		{"(?u)a", "a", "a"}, {`[a-z&&[\d]]`, "a1", "-"}, {"[^[a]]", "ab", "b"},
	} {
		v, err := CompileRegex(c[0])
		require.NoError(t, err, c[0])
		re, ok := v.AsRegex()
		require.True(t, ok)
		require.Equal(t, c[0], re.Pattern)
		got := "-"
		if at := re.Re.FindStringIndex(c[1]); at != nil {
			got = c[1][at[0]:at[1]]
		}
		require.Equal(t, c[2], got, "%s on %q (%s)", c[0], c[1], re.Re)
	}
}

func TestRegexRefusesWithReason(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{
		"a(?=b)": "look-ahead", "a(?!b)": "look-ahead", "(?<=a)b": "look-behind", "(?<!a)b": "look-behind", "(?>a)": "atomic", `(a)\1`: "backreference",
		`(?<n>a)\k<n>`: "backreference", "a++": "possessive", "a{1,2}+": "possessive", `\G`: `\G`, "(?U)a": "flag U", "(": "missing",
		"[a": "missing", "a{2000}": "repeat", "(?:a{900}b){30}": "repeat", strings.Repeat("[ab]{1000}", 11): "too large", `a\`: "backslash", "[a[b": "never closed", `\p{Nope}`: "Nope", `\u12`: "hexadecimal",
		strings.Repeat("[", 99): "nested more than 20", strings.Repeat("a", MaxRegexLen+1): "longer than 4096", `\09`: "octal",
		`\p{`: "never closed", `\c`: "needs a character", `[\H]`: "between brackets", `[\P{Alpha}]`: "between brackets",
	} {
		_, err := CompileRegex(pattern)
		require.ErrorContains(t, err, want, pattern)
	}
	_, err := CompileRegex(strings.Repeat("a", MaxRegexLen))
	require.NoError(t, err)
}
