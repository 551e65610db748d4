package value

// Map is a persistent map that keeps insertion order: up to mapPairs entries side by side, beyond that a
// hash trie (hamt.go) from keys to entries and a persistent array of the entries in order.
type Map struct {
	kvs      []Value // k, v, k, v ...; nil in a big map
	big      *table
	meta     *Map
	count    int32
	envelope bool
}

// mapPairs is how many entries a map holds before it becomes a hash trie.
const mapPairs = 16

// EmptyMap is {}.
var EmptyMap = &Map{}

// NewMap makes a map of alternating keys and values; later values win, the first place stays. The keys
// must be hashable without a thread.
func NewMap(kvs ...Value) Value { return Value{ref: MapOf(nil, kvs)} }

// MapOf is NewMap for keys that may need a thread, and for slices in hand; it copies kvs.
func MapOf(th *Thread, kvs []Value) *Map {
	if len(kvs) == 0 {
		return EmptyMap
	}
	if len(kvs) > 2*mapPairs {
		t := EmptyMap.Transient()
		for i := 0; i+1 < len(kvs); i += 2 {
			t.Assoc(th, kvs[i], kvs[i+1])
		}
		return t.Persistent()
	}
	out := make([]Value, 0, len(kvs))
	for i := 0; i+1 < len(kvs); i += 2 {
		if at := findPair(th, out, kvs[i]); at >= 0 {
			out[at+1] = kvs[i+1]
			continue
		}
		out = append(out, kvs[i], kvs[i+1])
	}
	return &Map{kvs: out, count: int32(len(out) / 2)}
}

// MapOfDistinct is a map of alternating keys and values whose keys are known to differ; it owns kvs.
func MapOfDistinct(kvs []Value) *Map {
	switch {
	case len(kvs) == 0:
		return EmptyMap
	case len(kvs) > 2*mapPairs:
		return MapOf(nil, kvs)
	}
	return &Map{kvs: kvs, count: int32(len(kvs) / 2)}
}

// Len is the number of entries.
func (m *Map) Len() int { return int(m.count) }

// Get is the value under k; in an envelope it looks into the map under :body too.
func (m *Map) Get(th *Thread, k Value) (Value, bool) {
	v, ok := m.Own(th, k)
	if !ok && m.envelope {
		return m.behind(th, k)
	}
	return v, ok
}

// behind looks into the map under :body.
func (m *Map) behind(th *Thread, k Value) (Value, bool) {
	body, _ := m.Own(th, bodyKeyword)
	switch b := body.ref.(type) {
	case *Map:
		return b.Get(th, k)
	case *SortedMap:
		return b.Get(th, k)
	}
	return Nil, false
}

// Own is the value under k among m's own keys.
func (m *Map) Own(th *Thread, k Value) (Value, bool) {
	if m.big == nil {
		if i := findPair(th, m.kvs, k); i >= 0 {
			return m.kvs[i+1], true
		}
		return Nil, false
	}
	if e := m.big.root.find(th, Hash(th, k), k); e != nil {
		return e.val, true
	}
	return Nil, false
}

// Find is the entry under k among m's own keys, with the key as the map holds it.
func (m *Map) Find(th *Thread, k Value) (key, val Value, ok bool) {
	if m.big == nil {
		if i := findPair(th, m.kvs, k); i >= 0 {
			return m.kvs[i], m.kvs[i+1], true
		}
		return Nil, Nil, false
	}
	if e := m.big.root.find(th, Hash(th, k), k); e != nil {
		return e.key, e.val, true
	}
	return Nil, Nil, false
}

// GetKw is for host code: the value under the unqualified keyword, or nil.
func (m *Map) GetKw(name string) Value {
	v, _ := m.Get(nil, Value{ref: Intern("", name)})
	return v
}

// Assoc returns m with v under k.
func (m *Map) Assoc(th *Thread, k, v Value) *Map {
	if m.big != nil {
		big, added := m.big.assoc(th, k, v, nil)
		if big == m.big {
			return m
		}
		return &Map{big: big, meta: m.meta, count: m.count + added, envelope: m.envelope}
	}
	if i := findPair(th, m.kvs, k); i >= 0 {
		if same(m.kvs[i+1], v) {
			return m
		}
		kvs := append([]Value(nil), m.kvs...)
		kvs[i+1] = v
		return &Map{kvs: kvs, meta: m.meta, count: m.count, envelope: m.envelope}
	}
	if m.count >= mapPairs {
		own := new(owner)
		big, _ := tableOf(th, m.kvs, own).assoc(th, k, v, own)
		return &Map{big: big.freeze(), meta: m.meta, count: m.count + 1, envelope: m.envelope}
	}
	kvs := make([]Value, len(m.kvs)+2)
	n := copy(kvs, m.kvs)
	kvs[n], kvs[n+1] = k, v
	return &Map{kvs: kvs, meta: m.meta, count: m.count + 1, envelope: m.envelope}
}

// Without returns m less k.
func (m *Map) Without(th *Thread, k Value) *Map {
	if m.big != nil {
		big := m.big.without(th, k, int(m.count), nil)
		if big == m.big {
			return m
		}
		return m.settled(big, int(m.count)-1)
	}
	i := findPair(th, m.kvs, k)
	if i < 0 {
		return m
	}
	kvs := make([]Value, 0, len(m.kvs)-2)
	kvs = append(append(kvs, m.kvs[:i]...), m.kvs[i+2:]...)
	return &Map{kvs: kvs, meta: m.meta, count: m.count - 1, envelope: m.envelope}
}

// settled is a map like m over another table; a table that shrank enough becomes pairs again.
func (m *Map) settled(big *table, count int) *Map {
	c := &Map{big: big, meta: m.meta, count: int32(count), envelope: m.envelope}
	if count <= mapPairs/2 {
		c.kvs, c.big = make([]Value, 0, 2*count), nil
		big.each(func(e *entry) bool {
			c.kvs = append(c.kvs, e.key, e.val)
			return true
		})
	}
	return c
}

// Each walks the entries in insertion order until f returns false.
func (m *Map) Each(f func(k, v Value) bool) {
	if m.big != nil {
		m.big.each(func(e *entry) bool { return f(e.key, e.val) })
		return
	}
	for i := 0; i+1 < len(m.kvs); i += 2 {
		if !f(m.kvs[i], m.kvs[i+1]) {
			return
		}
	}
}

// Call looks its first argument up; a second one is the default.
func (m *Map) Call(th *Thread, args []Value) Value {
	if len(args) != 1 && len(args) != 2 {
		throwArity("map", len(args))
	}
	if v, ok := m.Get(th, args[0]); ok {
		return v
	}
	if len(args) == 2 {
		return args[1]
	}
	return Nil
}

// Envelope marks a map whose lookups fall back to the map under :body (SPEC 3.1: the result of an http step).
// Assoc and dissoc keep the mark; count, seq, =, hash and printing see only its own keys.
func (m *Map) Envelope() *Map {
	c := *m
	c.envelope = true
	return &c
}

// IsEnvelope tells whether m is marked by Envelope.
func (m *Map) IsEnvelope() bool { return m.envelope }

var bodyKeyword = Value{ref: Intern("", "body")}

// findPair is the index of the key k in k, v, k, v ..., or -1.
func findPair(th *Thread, kvs []Value, k Value) int {
	if kw, ok := k.ref.(*Keyword); ok {
		for i := 0; i < len(kvs); i += 2 {
			if x, ok := kvs[i].ref.(*Keyword); ok && x == kw {
				return i
			}
		}
		return -1
	}
	for i := 0; i < len(kvs); i += 2 {
		if sameKey(th, kvs[i], k) {
			return i
		}
	}
	return -1
}
