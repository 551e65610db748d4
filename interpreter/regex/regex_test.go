package regex

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func compile(t require.TestingT, pattern string) *Regex {
	r, err := Compile(pattern)
	require.NoError(t, err, pattern)
	return r
}

// all finds every match as its text, searching on from the end of each as the language does.
func all(r *Regex, text string) []string {
	in := NewInput(text)
	out := []string{}
	for from := 0; from <= len(text); {
		loc := r.Find(in, from, nil)
		if loc == nil {
			break
		}
		out = append(out, text[loc[0]:loc[1]])
		if from = loc[1]; loc[0] == loc[1] {
			_, n := utf8.DecodeRuneInString(text[from:])
			from += max(n, 1)
		}
	}
	return out
}

func TestMatchesAreJavas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		want          []string
	}{
		{`a*`, "baac", []string{"", "aa", "", ""}},
		{`b$`, "ab\n", []string{"b"}},
		{`b\z`, "ab\n", []string{}},
		{`b\Z`, "ab\r\n", []string{"b"}},
		{`$`, "a\r\n", []string{"", ""}},
		{`(?d)b$`, "b\r", []string{}},
		{`(?m)^.`, "a\nb\r\nc\n", []string{"a", "b", "c"}},
		{`(?m)^`, "", []string{}},
		{`(?m)a$`, "a\r\na", []string{"a", "a"}},
		{`\bé`, "é aé", []string{"é"}},
		{`a.c`, "a\u2028c", []string{}},
		{`(?s)a.c`, "a\u2028c", []string{"a\u2028c"}},
		{`(?i)É`, "é", []string{}},
		{`(?iu)É`, "é", []string{"é"}},
		{`[a-c&&[^b]]+`, "abcab", []string{"a", "ca"}},
		{`[\w&&[^\d]]+`, "a1b_", []string{"a", "b_"}},
		{`[a-b[y-z]]+`, "byx", []string{"by"}},
		{`\Qa.b\E+`, "a.bb", []string{"a.bb"}},
		{`\uD83D\uDE00`, "😀", []string{"😀"}},
		{`(?x) a b # c`, "ab", []string{"ab"}},
		{`^a`, "aa", []string{"a"}},
	} {
		require.Equal(t, c.want, all(compile(t, c.pattern), c.text), "%s on %q", c.pattern, c.text)
	}
}

func TestWhatNeedsBacktrackingIsRefusedByName(t *testing.T) {
	t.Parallel()
	for pattern, message := range map[string]string{
		`a(?=b)`:               "lookahead",
		`(?<!a)b`:              "lookbehind",
		`(a)\1`:                "backreference",
		`(?<x>a)\k<x>`:         "backreference",
		`a++`:                  "possessive",
		`(?>a)`:                "atomic",
		`\Ga`:                  `\G`,
		`(?U)\w`:               "flag U",
		`a{2000}`:              "1000",
		`((a{100}){100}){100}`: "too large",
		`(`:                    "Unclosed group",
		`)`:                    "Unmatched closing",
		`[a`:                   "Unclosed character class",
		`*`:                    "Dangling",
		`a**`:                  "Dangling",
		`a{`:                   "Illegal repetition",
		`\q`:                   "Illegal/unsupported escape",
		`\p{Nope}`:             "Unknown character property",
		`[b-a]`:                "Illegal character range",
		strings.Repeat("(", 300) + strings.Repeat(")", 300): "deep",
		strings.Repeat("a", MaxLen+1):                       "longer than",
	} {
		_, err := Compile(pattern)
		var problem *SyntaxError
		require.ErrorAs(t, err, &problem, pattern)
		require.Contains(t, problem.Error(), message, pattern)
	}
}

func TestGroupsAreCountedAsTheAuthorDoes(t *testing.T) {
	t.Parallel()
	r := compile(t, `(?m)^(?<key>\w+)\b=(\d+)$`)
	require.Equal(t, 2, r.Groups())
	require.Equal(t, 1, r.Group("key"))
	require.Equal(t, -1, r.Group("none"))
	text := "x\r\nab=12\r\n"
	loc := r.Find(NewInput(text), 0, nil)
	require.Equal(t, []string{"ab=12", "ab", "12"}, []string{text[loc[0]:loc[1]], text[loc[2]:loc[3]], text[loc[4]:loc[5]]})
}

// The machine and package regexp agree wherever both may search.
func TestMachineAgreesWithRegexp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"a", "b", "ab", ".", "[ab]", "[^a]", "(a)", "(b|ab)", "(?:a|)", "^", "$", `\b`, `\B`})
		suffix := rapid.SampledFrom([]string{"", "", "*", "+", "?", "*?", "{2}", "{1,2}?"})
		pattern := ""
		for range rapid.IntRange(1, 5).Draw(t, "pieces") {
			pattern += piece.Draw(t, "piece") + suffix.Draw(t, "suffix") + rapid.SampledFrom([]string{"", "", "", "|"}).Draw(t, "or")
		}
		r := compile(t, pattern)
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab c")), 0, 12, -1).Draw(t, "text")
		in := NewInput(text)
		require.False(t, in.exact(r.facts))
		require.Equal(t, r.find.FindStringSubmatchIndex(text), newMachine(r, text).run(0, false, nil), "%s on %q", pattern, text)
		require.Equal(t, r.match().FindStringSubmatchIndex(text), newMachine(r, text).run(0, true, nil), "%s on %q", pattern, text)
	})
}

func FuzzCompile(f *testing.F) {
	for _, seed := range []string{`a(b|c)*?$`, `(?i)[a-z&&[^x]]+\b`, `(?<n>\p{Lu})\Z`, `\Q.\E{2,3}`, `(?mx) ^ a # b`} {
		f.Add(seed, "abc\r\nABC")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		r, err := Compile(pattern)
		if err != nil {
			return
		}
		in := NewInput(text)
		for _, loc := range [][]int{r.Find(in, 0, nil), r.Match(in, nil)} {
			if loc == nil {
				continue
			}
			require.Len(t, loc, 2*(r.Groups()+1))
			require.LessOrEqual(t, loc[0], loc[1])
			require.LessOrEqual(t, loc[1], len(text))
		}
	})
}
