package value

// TransientMap is a map that its one owner changes in place, until Persistent.
type TransientMap struct {
	kvs      []Value
	big      *table
	count    int32
	envelope bool
	own      *owner // nil once it was made persistent
}

// Transient begins changes in place: m itself stays as it is.
func (m *Map) Transient() *TransientMap {
	t := &TransientMap{count: m.count, envelope: m.envelope, own: new(owner)}
	if m.big != nil {
		t.big = m.big.thaw()
	} else {
		t.kvs = append([]Value(nil), m.kvs...)
	}
	return t
}

// NewTransientMap begins an empty map that is built in place.
func NewTransientMap() *TransientMap { return EmptyMap.Transient() }

// Persistent ends the changes and returns the map.
func (t *TransientMap) Persistent() *Map {
	t.check()
	t.own = nil
	m := &Map{kvs: t.kvs, big: t.big, count: t.count, envelope: t.envelope}
	if t.count == 0 && !t.envelope {
		return EmptyMap
	}
	if t.big == nil {
		return m
	}
	m.big = t.big.freeze()
	if t.count <= mapPairs/2 {
		return m.settled(m.big, int(t.count))
	}
	return m
}

// Len is the number of entries.
func (t *TransientMap) Len() int {
	t.check()
	return int(t.count)
}

// Assoc puts v under k.
func (t *TransientMap) Assoc(th *Thread, k, v Value) {
	t.check()
	if t.big == nil {
		if i := findPair(th, t.kvs, k); i >= 0 {
			t.kvs[i+1] = v
			return
		}
		if t.count < mapPairs {
			t.kvs = append(t.kvs, k, v)
			t.count++
			return
		}
		t.big, t.kvs = tableOf(th, t.kvs, t.own), nil
	}
	var added int32
	t.big, added = t.big.assoc(th, k, v, t.own)
	t.count += added
}

// Without takes k away.
func (t *TransientMap) Without(th *Thread, k Value) {
	t.check()
	if t.big != nil {
		big := t.big.without(th, k, int(t.count), t.own)
		if big != t.big {
			t.big = big
			t.count--
		}
		return
	}
	if i := findPair(th, t.kvs, k); i >= 0 {
		t.kvs = append(t.kvs[:i], t.kvs[i+2:]...)
		t.count--
	}
}

// Get is the value under k.
func (t *TransientMap) Get(th *Thread, k Value) (Value, bool) {
	t.check()
	return (&Map{kvs: t.kvs, big: t.big, envelope: t.envelope}).Get(th, k)
}

// Call looks its first argument up; a second one is the default.
func (t *TransientMap) Call(th *Thread, args []Value) Value {
	t.check()
	return (&Map{kvs: t.kvs, big: t.big, envelope: t.envelope}).Call(th, args)
}

func (t *TransientMap) check() {
	if t.own == nil {
		throwTransientUsed()
	}
}
