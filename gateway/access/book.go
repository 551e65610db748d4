package access

import (
	"crypto/sha256"
	"crypto/subtle"
	"log/slog"
	"os"
	"sync"
	"time"
)

// RootID is the id of the token that may do everything: WEIR_API_TOKEN.
const RootID = "api"

// lookEvery is how often the tokens file is looked at, at most.
const lookEvery = time.Second

// Book finds tokens. It is safe for concurrent use. A nil Book has none.
type Book struct {
	root *Token
	file string
	now  func() time.Time
	log  *slog.Logger

	mu     sync.Mutex
	looked time.Time
	stamp  stamp
	tokens []Token // of the file
}

// stamp tells one state of a file from another.
type stamp struct {
	size    int64
	changed time.Time
	missing bool
}

// Open makes the book of a token that may do everything and of a tokens file; either may be empty. A file that has problems is an
// error now; if it has some later, its tokens open nothing.
func Open(root, file string, now func() time.Time, log *slog.Logger) (*Book, error) {
	b := &Book{file: file, now: now, log: log}
	if root != "" {
		b.root = &Token{ID: RootID, Scopes: Scopes, sum: sha256.Sum256([]byte(root))}
	}
	if file == "" {
		return b, nil
	}
	b.looked, b.stamp = now(), stampOf(file)
	var err error
	b.tokens, err = readFile(file)
	return b, err
}

// Empty tells whether there can be no token.
func (b *Book) Empty() bool { return b == nil || b.root == nil && b.file == "" }

// Find returns the token of that text, nil if there is none. Every token is looked at, whichever it is.
func (b *Book) Find(text string) *Token {
	if b.Empty() || text == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(text))
	var found *Token
	for _, t := range b.all() {
		if subtle.ConstantTimeCompare(sum[:], t.sum[:]) == 1 {
			found = &t
		}
	}
	return found
}

// ByID returns the token with that id, nil if there is none any more.
func (b *Book) ByID(id string) *Token {
	if b.Empty() {
		return nil
	}
	for _, t := range b.all() {
		if t.ID == id {
			return &t
		}
	}
	return nil
}

func (b *Book) all() []Token {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refresh()
	if b.root == nil {
		return b.tokens
	}
	return append([]Token{*b.root}, b.tokens...)
}

// refresh reads the file again if it has changed.
func (b *Book) refresh() {
	now := b.now()
	if b.file == "" || now.Sub(b.looked) < lookEvery && !now.Before(b.looked) {
		return
	}
	b.looked = now
	at := stampOf(b.file)
	if at == b.stamp {
		return
	}
	tokens, err := readFile(b.file)
	if err != nil {
		b.log.Error("the tokens of the API can't be read: those of the file open nothing", "error", err)
	}
	b.stamp, b.tokens = at, tokens
}

func stampOf(file string) stamp {
	info, err := os.Stat(file)
	if err != nil {
		return stamp{missing: true}
	}
	return stamp{size: info.Size(), changed: info.ModTime()}
}
