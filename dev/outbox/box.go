package outbox

import "sync"

// MaxMessages is how many messages a Box keeps; older ones go first.
const MaxMessages = 1000

// Box holds messages. The zero value is an empty box; it is safe for
// concurrent use.
type Box struct {
	mu       sync.Mutex
	messages []Message
	watchers []func(Message)
}

// Add keeps a message and shows it to the watchers.
func (b *Box) Add(m Message) {
	b.mu.Lock()
	b.messages = append(b.messages, m)
	if over := len(b.messages) - MaxMessages; over > 0 {
		b.messages = append([]Message(nil), b.messages[over:]...)
	}
	watchers := b.watchers
	b.mu.Unlock()
	for _, watch := range watchers {
		watch(m)
	}
}

// Messages answers what the box holds, oldest first.
func (b *Box) Messages() []Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]Message(nil), b.messages...)
}

// Watch calls f with every message from now on.
func (b *Box) Watch(f func(Message)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.watchers = append(b.watchers, f)
}
