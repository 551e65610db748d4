package core

// find goes to the next match, as java.util.regex.Matcher.find does: after a match of nothing one character on.
func (m *matcher) find() bool {
	if m.from > len(m.text) {
		return false
	}
	m.th.Charge(m.re.Cost(len(m.text) - m.from))
	loc := m.re.Find(m.in, m.from)
	if loc == nil {
		m.from = len(m.text) + 1
		return false
	}
	m.loc, m.from = loc, loc[1]
	if loc[0] == loc[1] {
		m.from++
		for m.from < len(m.text) && m.text[m.from]&0xC0 == 0x80 {
			m.from++
		}
	}
	return true
}

// matchAll tells whether the whole text is a match.
func (m *matcher) matchAll() bool {
	m.th.Charge(m.re.Cost(len(m.text)))
	m.loc = m.re.Match(m.in)
	return m.loc != nil
}
