// Package value holds the values of the language: what they are, how they compare, hash and
// print, and the line of evaluation (Thread) that pays for what is done with them. Results are
// Clojure 1.11's own.
//
// Of Weir it imports interpreter/regex only. Everything is safe for concurrent use but Thread, the transients,
// Atom and Volatile, which belong to one evaluation. Functions that can run user code (through lazy seqs or
// comparators) take a *Thread first; nil is allowed where neither can occur, and charges nothing.
//
// Exceptions of the language and limits travel as panics (*Exception, *LimitError). Only the try of
// the language and the mouth of the interpreter recover them.
//
// # Table of the API
//
//	Scalars       Nil True False Bool Int Double Char String BigInt Ratio NewDecimal ParseDecimal DecimalOfDouble
//	              NewInst InstOf ParseInst NewUUID ParseUUID CompileRegex NewTagged; Value.AsBool AsInt AsDouble
//	              AsChar AsString AsBigInt AsRatio AsDecimal AsInst AsUUID AsRegex AsTagged
//	Names         Intern Kw Sym; AsKeyword AsSymbol; FullName
//	Kinds         Value.Kind KindName ClassName SimpleClassName Kinded; IsNumber IsInteger IsNaN IsSequential IsSeqable
//	              IsCounted HasMeta Identical
//	Text          StringLen CharAt Substring Units CutText UnitIndex ByteIndex IsASCII AppendText AppendChar CharText
//	Printing      PrStr Text AppendPr AppendStr FormatDouble FnName
//	Functions     Callable Caller1 Caller2 Named Builtin Call Call1 Call2 ThrowNotCallable
//	Seqs          Seq Seqable Counted Chunked Reducible; SeqOf FromSeq First Next Rest RestOf Cons NewLazySeq NewChunk
//	              SliceSeq Range; Each Reduce Slice Realize
//	Lists         List EmptyList NewList; Len Push Pop
//	Vectors       Vector EmptyVector NewVector VectorFrom NewEntry; Len At Append Set Pop Sub Slice Each Reverse IsEntry
//	Maps          Map EmptyMap NewMap MapOf MapOfDistinct; Len Get Own Find GetKw Assoc Without Each KeySeq ValSeq
//	              Envelope IsEnvelope
//	Sets          Set EmptySet NewSet; Len Has Find Add Remove Each
//	Sorted        SortedMap SortedSet NewSortedMap NewSortedMapBy NewSortedSet NewSortedSetBy; Sorted Comparator CompareBy
//	Transients    Transient Persistent ConjT AssocT DissocT DisjT PopT; NewTransientVector NewTransientMap
//	              NewTransientSet and (*Vector).Transient ... for host code
//	Collections   Get Contains Find Nth Count Assoc Dissoc Conj Disj Peek Pop Empty Keys Vals RSeq Subvec ThrowIndex
//	Metadata      Meta WithMeta WithMetadata
//	Comparing     Equal Hash Compare CompareNumbers Comparator CompareBy
//	Arithmetic    Add Sub Mul Div Quot Rem Mod Inc Dec Neg Abs; AddP SubP MulP IncP DecP NegP (the primed family);
//	              Lt Lte Gt Gte NumEqual Sign ToDouble ChargeNumbers
//	State         Atom NewAtom Reset; Volatile NewVolatile; Delay NewDelay Force; Reduced NewReduced AsReduced Unreduced; Deref
//	Errors        Exception Frame NewException AsException KnownClass IsA; Throw ThrowHint ThrowArity ThrowCast; LimitError
//	              ThrowLimit
//	Evaluation    Thread NewThread Fork Charge ChargeSize Enter Leave Depth Unwind Refill Cancel Cancelled Machine
//	              SetMachine Await; Limits Decision Pos
//
// # How a collection is built
//
// array (trie.go) is a persistent sequence, 32 wide, with a tail that appends share; Vector is one with an offset. A Map is
// an array of pairs up to 16 entries, then a hash trie from keys to entries (hamt.go) and an array of the
// entries in insertion order (map_table.go); a Set is a Map. Sorted collections are weight-balanced trees (tree.go).
package value
