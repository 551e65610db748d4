package value

import "math/bits"

// entry is one pair of a big map. Entries never change; a new value makes a new entry.
type entry struct {
	key, val Value
	hash     uint64
	at       int32 // place in the map's order
}

// hnode is a node of the hash trie from keys to entries: five bits of the hash choose a slot, which is
// empty, an entry, or a node. Below the last level (all 64 bits used) entries are a plain list.
type hnode struct {
	owner   *owner
	leafs   uint32 // slots that hold an entry
	inner   uint32 // slots that hold a node
	entries []*entry
	kids    []*hnode
}

// deepest is the shift from which on a node lists entries whose hashes are all the same.
const deepest = 65

func slot(hash uint64, shift uint) uint32 { return 1 << (hash >> shift & mask5) }

func index(bitmap, bit uint32) int { return bits.OnesCount32(bitmap & (bit - 1)) }

// find is the entry of a key with that hash, or nil.
func (n *hnode) find(th *Thread, hash uint64, key Value) *entry {
	for shift := uint(0); n != nil; shift += bits5 {
		if shift >= deepest {
			for _, e := range n.entries {
				if sameKey(th, e.key, key) {
					return e
				}
			}
			return nil
		}
		bit := slot(hash, shift)
		if n.leafs&bit != 0 {
			if e := n.entries[index(n.leafs, bit)]; e.hash == hash && sameKey(th, e.key, key) {
				return e
			}
			return nil
		}
		if n.inner&bit == 0 {
			return nil
		}
		n = n.kids[index(n.inner, bit)]
	}
	return nil
}

// insert adds an entry whose key is not there yet.
func (n *hnode) insert(e *entry, shift uint, own *owner) *hnode {
	if n == nil {
		n = &hnode{owner: own}
	}
	if shift >= deepest {
		n = n.withEntries(own, 1)
		n.entries = append(n.entries, e)
		return n
	}
	bit := slot(e.hash, shift)
	switch {
	case n.inner&bit != 0:
		at := index(n.inner, bit)
		kid := n.kids[at].insert(e, shift+bits5, own)
		if kid != n.kids[at] {
			n = n.withKids(own, 0)
			n.kids[at] = kid
		}
		return n
	case n.leafs&bit != 0: // two entries in one slot: one level more
		other := n.entries[index(n.leafs, bit)]
		kid := (&hnode{owner: own}).insert(other, shift+bits5, own).insert(e, shift+bits5, own)
		return n.swapForKid(bit, kid, own)
	}
	n = n.withEntries(own, 1)
	at := index(n.leafs, bit)
	n.entries = append(n.entries, nil)
	copy(n.entries[at+1:], n.entries[at:])
	n.entries[at] = e
	n.leafs |= bit
	return n
}

// swapForKid puts a node where an entry was.
func (n *hnode) swapForKid(bit uint32, kid *hnode, own *owner) *hnode {
	at, to := index(n.leafs, bit), index(n.inner, bit)
	c := &hnode{owner: own, leafs: n.leafs &^ bit, inner: n.inner | bit}
	c.entries = append(append(make([]*entry, 0, len(n.entries)), n.entries[:at]...), n.entries[at+1:]...)
	c.kids = make([]*hnode, len(n.kids)+1)
	copy(c.kids, n.kids[:to])
	c.kids[to] = kid
	copy(c.kids[to+1:], n.kids[to:])
	return c
}

// replace puts e in the place of old, which has the same key.
func (n *hnode) replace(old, e *entry, shift uint, own *owner) *hnode {
	if shift < deepest {
		if bit := slot(e.hash, shift); n.inner&bit != 0 {
			at := index(n.inner, bit)
			kid := n.kids[at].replace(old, e, shift+bits5, own)
			if kid != n.kids[at] {
				n = n.withKids(own, 0)
				n.kids[at] = kid
			}
			return n
		}
	}
	n = n.withEntries(own, 0)
	for i, x := range n.entries {
		if x == old {
			n.entries[i] = e
			break
		}
	}
	return n
}

// remove takes an entry out; a node that is left with nothing becomes nil.
func (n *hnode) remove(old *entry, shift uint, own *owner) *hnode {
	var bit uint32
	if shift < deepest {
		bit = slot(old.hash, shift)
		if n.inner&bit != 0 {
			return n.removeBelow(bit, old, shift, own)
		}
	}
	if len(n.entries) == 1 && len(n.kids) == 0 {
		return nil
	}
	n = n.withEntries(own, 0)
	for i, x := range n.entries {
		if x == old {
			n.entries = append(n.entries[:i], n.entries[i+1:]...)
			break
		}
	}
	n.leafs &^= bit
	return n
}

func (n *hnode) removeBelow(bit uint32, old *entry, shift uint, own *owner) *hnode {
	at := index(n.inner, bit)
	kid := n.kids[at].remove(old, shift+bits5, own)
	switch {
	case kid == nil && len(n.kids) == 1 && len(n.entries) == 0:
		return nil
	case kid == nil:
		c := &hnode{owner: own, leafs: n.leafs, inner: n.inner &^ bit, entries: append([]*entry(nil), n.entries...)}
		c.kids = append(append(make([]*hnode, 0, len(n.kids)), n.kids[:at]...), n.kids[at+1:]...)
		return c
	case len(kid.entries) == 1 && len(kid.kids) == 0: // one entry alone moves up
		to := index(n.leafs, bit)
		c := &hnode{owner: own, leafs: n.leafs | bit, inner: n.inner &^ bit}
		c.kids = append(append(make([]*hnode, 0, len(n.kids)), n.kids[:at]...), n.kids[at+1:]...)
		c.entries = append(make([]*entry, 0, len(n.entries)+1), n.entries[:to]...)
		c.entries = append(append(c.entries, kid.entries[0]), n.entries[to:]...)
		return c
	}
	if kid != n.kids[at] {
		n = n.withKids(own, 0)
		n.kids[at] = kid
	}
	return n
}

// withEntries is n with entries that may be changed and have room for more; its kids too, when it has an owner.
func (n *hnode) withEntries(own *owner, room int) *hnode {
	if own != nil && n.owner == own {
		return n
	}
	c := *n
	c.owner = own
	c.entries = append(make([]*entry, 0, len(n.entries)+room), n.entries...)
	if own != nil {
		c.kids = append([]*hnode(nil), n.kids...)
	}
	return &c
}

// withKids is the same for the nodes below.
func (n *hnode) withKids(own *owner, room int) *hnode {
	if own != nil && n.owner == own {
		return n
	}
	c := *n
	c.owner = own
	c.kids = append(make([]*hnode, 0, len(n.kids)+room), n.kids...)
	if own != nil {
		c.entries = append([]*entry(nil), n.entries...)
	}
	return &c
}
