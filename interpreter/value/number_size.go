package value

import (
	"math"
	"math/big"
)

// ChargeNumbers pays for comparing two numbers, whose digits may be many. Small ones cost nothing. Lt, Gt, NumEqual and
// the others take no thread: who compares an author's numbers with them calls this first.
func ChargeNumbers(th *Thread, a, b Value) {
	if th != nil && (rankOf(a) > rankInt || rankOf(b) > rankInt) {
		chargeCompare(th, a, b)
	}
}

func chargeCompare(th *Thread, a, b Value) {
	x, y := numberBits(a), numberBits(b)
	if x+y < 1024 {
		return
	}
	ra, rb := rankOf(a), rankOf(b)
	if ra != rb || ra == rankRatio || ra == rankDecimal { // multiplied on the way
		th.Charge(int64(x/64) * int64(y/64) / 64)
	}
	th.Charge(int64(x+y) / 512)
}

// ChargeDigits pays for looking at all digits of v where it is a big number: converting it, hashing it. Others cost nothing.
func ChargeDigits(th *Thread, v Value) {
	if th == nil {
		return
	}
	switch rankOf(v) {
	case rankBig:
		th.Charge(int64(numberBits(v) / wordBits / 4))
	case rankRatio, rankDecimal: // multiplied or divided on the way
		words := int64(numberBits(v) / wordBits)
		th.Charge(words + words*words/256)
	}
}

// DigitsShown tells whether a message may hold all the digits of v: writing out many takes long.
func DigitsShown(v Value) bool {
	const most = 1 << 12
	return numberBits(v) <= most
}

// wordBits is the size of a word, of which big numbers are made.
const wordBits = 64

// numberBits is about how many bits a number would have as an integer or a fraction.
func numberBits(v Value) int {
	switch x := v.ref.(type) {
	case *big.Int:
		return x.BitLen()
	case *big.Rat:
		return ratBits(x)
	case *Decimal:
		return x.Unscaled.BitLen() + 4*int(abs32(x.Scale))
	}
	return 64
}

// chargeDigits pays for a number of that many bits, and refuses one beyond MaxNumberBits.
func chargeDigits(th *Thread, bits int) {
	if bits <= 128 {
		return
	}
	if bits > MaxNumberBits {
		ThrowLimit(CodeSize, "use doubles where digits don't matter", "a number would have more than %d bits", MaxNumberBits)
	}
	th.Charge(int64(bits / 512))
	th.ChargeSize(int64(bits / 8))
}

// chargeReduce pays for bringing the fraction of numbers of x and y bits to its lowest terms.
func chargeReduce(th *Thread, x, y int) {
	th.Charge(int64(x/wordBits) * int64(y/wordBits) / 16)
}

// chargeProduct pays for multiplying (or dividing) numbers of x and y bits.
func chargeProduct(th *Thread, x, y int) {
	chargeDigits(th, x+y)
	th.Charge(int64(x/64) * int64(y/64) / 64)
}

// chargePrint pays for the digits of a big number.
func chargePrint(th *Thread, b *big.Int) {
	words := int64(b.BitLen() / 64)
	th.ChargeSize(words * 20)
	th.Charge(words + words*words/256)
}

// magnitude bounds the binary logarithm of a positive decimal or fraction: lo <= log2 <= hi.
func magnitude(v Value) (lo, hi float64) {
	switch x := v.ref.(type) {
	case *big.Rat:
		l := float64(x.Num().BitLen() - x.Denom().BitLen())
		return l - 1, l + 1
	case *Decimal:
		l := float64(x.Unscaled.BitLen()) - float64(x.Scale)*math.Log2(10)
		return l - 1.001, l + 0.001
	}
	b, _ := bigOf(v)
	l := float64(b.BitLen())
	return l - 1, l
}

// orderExact compares numbers of which at least one is a decimal or a fraction, and none a double. Exponents
// far apart are told apart without writing out the digits.
func orderExact(a, b Value) int {
	sa, sb := Sign(a), Sign(b)
	if sa != sb || sa == 0 {
		return compareInts(int64(sa), int64(sb))
	}
	loA, hiA := magnitude(a)
	loB, hiB := magnitude(b)
	switch {
	case hiA < loB:
		return -sa
	case loA > hiB:
		return sa
	}
	if rankOf(a) != rankRatio && rankOf(b) != rankRatio {
		x, y, _ := align(toDecimal(a), toDecimal(b))
		return x.Cmp(y)
	}
	n1, d1 := fraction(a)
	n2, d2 := fraction(b)
	return new(big.Int).Mul(n1, d2).Cmp(new(big.Int).Mul(n2, d1))
}

// fraction is any number but a double as numerator and denominator, which may have divisors in common.
func fraction(v Value) (n, d *big.Int) {
	switch x := v.ref.(type) {
	case *big.Rat:
		return x.Num(), x.Denom()
	case *Decimal:
		if x.Scale > 0 {
			return x.Unscaled, pow10(x.Scale)
		}
		return new(big.Int).Mul(x.Unscaled, pow10(-x.Scale)), big.NewInt(1)
	}
	b, _ := bigOf(v)
	return b, big.NewInt(1)
}

// doubleOfRat is the double that Clojure makes of a fraction: of its first 16 digits, rounded half to even.
func doubleOfRat(r *big.Rat) float64 {
	const digits, enough = 16, 1200
	n, d := new(big.Int).Abs(r.Num()), r.Denom()
	switch gap := n.BitLen() - d.BitLen(); {
	case gap > enough:
		return math.Inf(r.Sign())
	case gap < -enough:
		return math.Copysign(0, float64(r.Sign()))
	}
	if extra := min(n.BitLen(), d.BitLen()) - enough; extra > 0 { // digits that no double sees
		n.Rsh(n, uint(extra))
		d = new(big.Int).Rsh(d, uint(extra))
	}
	shift := digits + len(d.Text(10)) - len(n.Text(10))
	q := scaledQuo(n, d, shift)
	if len(q.Text(10)) > digits {
		shift--
		q = scaledQuo(n, d, shift)
	}
	return math.Copysign(doubleOfDecimal(q, int32(shift)), float64(r.Sign()))
}

// scaledQuo is n/d times 10^shift, rounded half to even.
func scaledQuo(n, d *big.Int, shift int) *big.Int {
	if shift >= 0 {
		n = new(big.Int).Mul(n, pow10(int32(shift)))
	} else {
		d = new(big.Int).Mul(d, pow10(int32(-shift)))
	}
	q, r := new(big.Int).QuoRem(n, d, new(big.Int))
	if c := r.Lsh(r, 1).Cmp(d); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	return q
}
