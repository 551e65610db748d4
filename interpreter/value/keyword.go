package value

import (
	"hash/maphash"
	"runtime"
	"strings"
	"sync"
	"weak"
)

// Keyword is a keyword. Keywords are interned: equal ones are the same pointer.
type Keyword struct {
	Namespace, Name string

	hash uint64
}

// Intern returns the one keyword of that namespace (may be "") and name.
func Intern(ns, name string) *Keyword {
	id := keywordID{ns, name}
	h := maphash.Comparable(seed, id)
	shard := &keywords[h%uint64(len(keywords))]
	shard.Lock()
	defer shard.Unlock()
	if w, ok := shard.known[id]; ok {
		if k := w.Value(); k != nil {
			return k
		}
	}
	if shard.known == nil {
		shard.known = map[keywordID]weak.Pointer[Keyword]{}
	}
	id = keywordID{strings.Clone(ns), strings.Clone(name)}
	k := &Keyword{Namespace: id.ns, Name: id.name, hash: h}
	w := weak.Make(k)
	shard.known[id] = w
	runtime.AddCleanup(k, func(id keywordID) {
		shard.Lock()
		defer shard.Unlock()
		if shard.known[id] == w {
			delete(shard.known, id)
		}
	}, id)
	return k
}

// Kw is the keyword of that text (a "/" splits the namespace off): for host code.
func Kw(name string) Value {
	ns := ""
	if i := strings.IndexByte(name, '/'); i > 0 && i < len(name)-1 {
		ns, name = name[:i], name[i+1:]
	}
	return Value{ref: Intern(ns, name)}
}

// String is the keyword with its leading colon.
func (k *Keyword) String() string { return ":" + k.FullName() }

// FullName is ns/name, or name alone.
func (k *Keyword) FullName() string { return fullName(k.Namespace, k.Name) }

// Call looks the keyword up in its first argument; a second one is the default.
func (k *Keyword) Call(th *Thread, args []Value) Value {
	return callLookup(th, k.String(), args, Value{ref: k})
}

// callLookup serves keywords and symbols that stand where a function does.
func callLookup(th *Thread, name string, args []Value, key Value) Value {
	if len(args) != 1 && len(args) != 2 {
		throwArity(name, len(args))
	}
	if v, ok := Get(th, args[0], key); ok {
		return v
	}
	if len(args) == 2 {
		return args[1]
	}
	return Nil
}

func fullName(ns, name string) string {
	if ns == "" {
		return name
	}
	return ns + "/" + name
}

type keywordID struct{ ns, name string }

// The table holds its keywords weakly: outside data becomes keywords too, and must not stay for ever.
var keywords [32]struct {
	sync.Mutex
	known map[keywordID]weak.Pointer[Keyword]
}
