//go:build oracle

package oracle

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// declared lists the differences that docs/language.md states, as narrowly as it states them.
func declared(form, mine, theirs string) bool {
	weRefuse, theyRefuse := strings.HasPrefix(mine, "!"), strings.HasPrefix(theirs, "!")
	switch {
	case theirs == "!ClassCastException" && strings.Contains(form, "(subvec ") && strings.Contains(form, "(transient "):
		return true // a subvec is a vector like any other
	case theyRefuse && !weRefuse && smallSet.MatchString(form) && lazyElement.MatchString(form):
		return true // a set of few elements looks into none to hash it
	case theirs == "!UnsupportedOperationException" && !weRefuse && strings.Contains(form, "distinct "):
		return true // Clojure's doesn't take a map
	case mine == "!ClassCastException" && !theyRefuse && entries.MatchString(form):
		return true // what isn't a map has no keys, whether they are looked at or not
	case theirs == "!IllegalFormatConversionException" && bigFormat.MatchString(form):
		return true // a big integer can be formatted
	case strings.HasPrefix(theirs, "!ArithmeticException Non-terminating") && comparison.MatchString(form):
		return true // a fraction is compared with a decimal exactly
	case strings.HasPrefix(theirs, "!ArithmeticException") && smallest.MatchString(form):
		return true // a difference that fits is given, where Clojure negates the smallest integer first
	case strings.HasSuffix(mine, "[wrong-arity]"), strings.HasSuffix(mine, "[not-a-function]"):
		return true // a call that can't work is found before anything runs
	case weRefuse && theyRefuse:
		// Which of several Java classes says so is not part of the contract, but overflow and division are
		// (the elements of a set are evaluated in the order of their hashes there, a comparison may end before an element fails).
		mine, theirs = overflow.Replace(mine), overflow.Replace(theirs)
		return mine == theirs || inlined(mine, theirs) || strings.Contains(form, "#{") || strings.Contains(form, "sorted-") || !strings.HasPrefix(mine, "!Arithmetic") && !strings.HasPrefix(theirs, "!Arithmetic")
	case strings.Contains(form, "-0.0") && strings.ReplaceAll(mine, "-0.0", "0.0") == strings.ReplaceAll(theirs, "-0.0", "0.0"):
		return maximum.MatchString(form) // max and min of doubles that are no primitives don't tell zeros apart
	case !weRefuse && !theyRefuse && printedDigits.MatchString(form):
		return true // calculated from such a double's digits, see sameDoubles
	case mine == "false" && theirs == "true" && strings.Contains(form, "(contains? "):
		return beyondInt.MatchString(form)
	case mine == "!RuntimeException" && strings.Contains(form, "(edn/read-string (str "):
		return strings.Count(theirs, "/") > 1 // a symbol has one slash
	case mine == "!IndexOutOfBoundsException":
		// An index isn't cut to 32 bits, and one before a subvec doesn't reach into the vector that it's a part of.
		return beyondInt.MatchString(form) || beforeSubvec.MatchString(form)
	case strings.Contains(form, "ex-message") && messages.ReplaceAllString(mine, "#") == messages.ReplaceAllString(theirs, "#"):
		return javaMessage.MatchString(theirs) || strings.Contains(theirs, "nil") // Java's own words, or none
	case mine == "!RuntimeException" && strings.Contains(form, "😀") && strings.Contains(form, "(edn/read-string (pr-str "):
		return true // half a character is printed as a question mark there, and read as one; it isn't read at all here
	case strings.Contains(form, "😀") && (strings.Contains(theirs, "?") || strings.Contains(form, "re-seq")):
		return true // a regex doesn't match inside a character
	case decimalAndFraction.MatchString(form) && comparison.MatchString(form) && strings.Contains(form, "(catch "):
		return true // as above, and the form catches what Clojure throws
	case printedSet.MatchString(form) && sameLetters(mine, theirs):
		return true // a set is printed in another order
	}
	return !weRefuse && sameDoubles(form, mine, theirs)
}

// inlined tells whether one of two mistakes was found first, as in (+ nil 1 (quot 0 0)), which Clojure inlines, and in comparisons
// of what can't be compared with what can't be calculated.
func inlined(mine, theirs string) bool {
	one := func(x, y string) bool {
		return strings.HasPrefix(x, "!Arithmetic") && (y == "!NullPointerException" || y == "!ClassCastException")
	}
	return one(mine, theirs) || one(theirs, mine)
}

// sameLetters tells whether two texts differ in the order of what they hold, at most.
func sameLetters(a, b string) bool {
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

var (
	overflow           = strings.NewReplacer("integer overflow", "overflow", "long overflow", "overflow", "/ by zero", "Divide by zero")
	decimalAndFraction = regexp.MustCompile(`\d/\d.*\dM|\dM.*\d/\d`)
	comparison         = regexp.MustCompile(`\((?:compare|[<>]=?|==|max|min|sort|sorted)|[ (](?:max|min|compare|[<>])[ )]`)
	messages           = regexp.MustCompile(`"(?:\\.|[^"\\])*"|nil`)
	javaMessage        = regexp.MustCompile(`Cannot invoke|cannot be cast|clojure\.|java\.`)
	entries            = regexp.MustCompile(`[( ](?:vals|keys)[ )]`)
	smallSet           = regexp.MustCompile(`#\{|[( ](?:set|hash-set)[ )]`)
	lazyElement        = regexp.MustCompile(`[( ](?:vals|keys|partition|partition-all|partition-by|interleave|iterate|map|filter|remove|keep|mapcat|map-indexed|keep-indexed|take-while|drop-while)[ )]`)
	printedSet         = regexp.MustCompile(`[( ](?:pr-str|prn-str|str|print-str|println-str|format)[ )].*(?:#\{|[( ](?:set|hash-set|disj|union|difference|intersection))`)
	bigFormat          = regexp.MustCompile(`\(format "%[^"]*[dxo].*(?:rationalize|bigint|biginteger|numerator|denominator|\dN)`)
	// beforeSubvec are writes whose index Clojure lets reach outside.
	beforeSubvec = regexp.MustCompile(`[( ](?:update|assoc|assoc-in|update-in) .*\(subvec `)
	maximum      = regexp.MustCompile(`[( ](?:max|min)[ )]`)
	beyondInt    = regexp.MustCompile(`\d{10}`)
	smallest     = regexp.MustCompile(`[( ]-[ )].*-9223372036854775808|-9223372036854775808.*[( ]-[ )]`)
)

var (
	doubleText = regexp.MustCompile(`-?\d+\.\d+(?:E-?\d+)?`)
	// throughText are the functions that make of a double what its printed digits say.
	throughText = regexp.MustCompile(`\((?:format "%|bigint|bigdec|rationalize)`)
	// printedDigits are big doubles whose digits are calculated with.
	printedDigits = regexp.MustCompile(`[( ](?:rem|mod|quot|bit-\S+|even\?|odd\?) .*\((?:bigint|bigdec|rationalize) .*(?:-?9223372036854775808|1e\d\d)`)
	bigDouble     = regexp.MustCompile(`\d{16}|1e\d\d|\.\d+ `)
	digits        = regexp.MustCompile(`-?[\d,]+(?:\.\d+)?(?:[Ee][+-]?\d+)?`)
)

// sameDoubles tells whether two texts differ only in doubles that Java before 19 prints with a digit too many
// (JDK-4511638), where ours are the shorter; what format makes of such a double has zeros after the digits.
func sameDoubles(form, mine, theirs string) bool {
	text := doubleText
	formatted := throughText.MatchString(form)
	if formatted {
		text = digits
	}
	if strings.Contains(form, "(re-seq ") && formatted && bigDouble.MatchString(form) {
		return true // taken apart digit by digit
	}
	if text.ReplaceAllString(mine, "#") != text.ReplaceAllString(theirs, "#") {
		return false
	}
	m, t := text.FindAllString(mine, -1), text.FindAllString(theirs, -1)
	for i := range m {
		if m[i] == t[i] {
			continue
		}
		x, err := strconv.ParseFloat(strings.ReplaceAll(m[i], ",", ""), 64)
		y, err2 := strconv.ParseFloat(strings.ReplaceAll(t[i], ",", ""), 64)
		if err != nil || err2 != nil || x != y || len(m[i]) >= len(t[i]) && !formatted {
			return false
		}
	}
	return true
}
