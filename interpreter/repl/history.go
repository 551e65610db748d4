package repl

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
)

// MaxHistory is how many lines a History keeps.
const MaxHistory = 1000

// History is what was typed, newest last, kept in a file. It is made for one session at a time.
type History struct {
	path  string
	lines []string
}

// OpenHistory reads the history of earlier sessions from a file, which needn't exist.
func OpenHistory(path string) (*History, error) {
	h := &History{path: path}
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return h, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		h.remember(lines.Text())
	}
	return h, nil
}

// Add appends a line, unless it is empty or the same as the last one.
func (h *History) Add(line string) {
	if line == "" || len(h.lines) > 0 && h.lines[len(h.lines)-1] == line {
		return
	}
	h.remember(line)
}

func (h *History) remember(line string) {
	h.lines = append(h.lines, line)
	if len(h.lines) > MaxHistory {
		h.lines = h.lines[len(h.lines)-MaxHistory:]
	}
}

// Len is the number of lines.
func (h *History) Len() int { return len(h.lines) }

// At is a line; 0 is the newest.
func (h *History) At(i int) string { return h.lines[len(h.lines)-1-i] }

// Save writes the history back to its file, readable by its owner only.
func (h *History) Save() error {
	if err := os.MkdirAll(filepath.Dir(h.path), 0o700); err != nil {
		return fmt.Errorf("save history: %w", err)
	}
	var text []byte
	for _, line := range h.lines {
		text = append(append(text, line...), '\n')
	}
	if err := os.WriteFile(h.path, text, 0o600); err != nil {
		return fmt.Errorf("save history: %w", err)
	}
	return nil
}
