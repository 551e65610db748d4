package picture

import "strings"

// Sizes of letters, in pixels.
const (
	titleSize  = 13.0
	detailSize = 11.5
	labelSize  = 12.0
	titleLine  = 17.0
	detailLine = 15.0
)

// textWidth estimates how wide a text is: a bit too wide rather than too narrow, as fonts differ.
func textWidth(text string, size float64) float64 {
	width := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune(" .,:;'|!ijlIft()[]-/", r):
			width += 0.36
		case strings.ContainsRune("mwMW@%…", r):
			width += 0.92
		case r >= 'A' && r <= 'Z':
			width += 0.70
		case r >= 0x1100:
			width += 1.05
		default:
			width += 0.585
		}
	}
	return width * size
}

// fitted cuts a text, with an ellipsis, where it is wider than most.
func fitted(text string, size, most float64) string {
	if textWidth(text, size) <= most {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && textWidth(string(runes)+"…", size) > most {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

// wrapped breaks a text into at most two lines, where words end.
func wrapped(text string, size, most float64) []string {
	text = strings.Join(strings.Fields(text), " ")
	if textWidth(text, size) <= most {
		return []string{text}
	}
	words := strings.Split(text, " ")
	first := words[0]
	n := 1
	for n < len(words) && textWidth(first+" "+words[n], size) <= most {
		first += " " + words[n]
		n++
	}
	if textWidth(first, size) > most { // one long word
		return []string{fitted(text, size, most)}
	}
	if n == len(words) {
		return []string{first}
	}
	return []string{first, fitted(strings.Join(words[n:], " "), size, most)}
}
