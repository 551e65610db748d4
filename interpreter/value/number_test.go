package value

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func bigInt(s string) *big.Int {
	b, ok := new(big.Int).SetString(s, 10)
	if !ok {
		panic(s)
	}
	return b
}

func TestHugeNumbersCompareQuickly(t *testing.T) {
	t.Parallel()
	third := Ratio(big.NewRat(1, 3))
	texts := []string{"-1e65536", "-1e-65536", "0e9", "1e-65536", "0.1", "1", "1.0000000000000000000000000000000000001", "9", "10", "1e65536"}
	for i, x := range texts {
		a := number(t, x+"M")
		for j, y := range texts {
			b := number(t, y+"M")
			require.Equal(t, compareInts(int64(i), int64(j)), CompareNumbers(a, b), "%s %s", x, y)
			require.Equal(t, i == j, NumEqual(a, b))
		}
		require.Equal(t, x > "0" && x[0] != '-' && i > 4, Lt(third, a), x)
		require.Equal(t, CompareNumbers(third, a), -CompareNumbers(a, third))
	}
	huge := new(big.Int).Lsh(big.NewInt(1), 200_000)
	require.True(t, Lt(number(t, "1e9M"), BigInt(huge)))
	require.True(t, Lt(BigInt(huge), number(t, "1e65536M")))
	require.Equal(t, math.Inf(1), ToDouble(BigInt(huge)))
	near := new(big.Rat).SetFrac(huge, new(big.Int).Add(huge, big.NewInt(1)))
	require.Equal(t, 1.0, ToDouble(Ratio(near)))
	require.Equal(t, 0.0, ToDouble(Ratio(new(big.Rat).SetFrac(big.NewInt(1), huge))))
	require.Equal(t, math.Inf(-1), ToDouble(number(t, "-1e65536M")))
	long := new(big.Int).Exp(big.NewInt(10), big.NewInt(5000), nil)
	require.Equal(t, 1e10, ToDouble(NewDecimal(long, 4990)))

	th := NewThread(Limits{Work: 100_000})
	a, b := BigInt(new(big.Int).Set(huge)), BigInt(new(big.Int).Set(huge))
	requireLimit(t, CodeWork, func() {
		for {
			require.True(t, Equal(th, a, b))
		}
	})
}

func TestArithmeticAgainstBigIntegers(t *testing.T) {
	t.Parallel()
	edge := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-5, 5), rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64, 1 << 32, -1 << 31}))
	rapid.Check(t, func(t *rapid.T) {
		x, y := edge.Draw(t, "x"), edge.Draw(t, "y")
		bx, by := big.NewInt(x), big.NewInt(y)
		for _, c := range []struct {
			checked, promoted func(*Thread, Value, Value) Value
			want              *big.Int
		}{
			{Add, AddP, new(big.Int).Add(bx, by)}, {Sub, SubP, new(big.Int).Sub(bx, by)}, {Mul, MulP, new(big.Int).Mul(bx, by)},
		} {
			promoted, ok := c.promoted(nil, Int(x), Int(y)).AsBigInt()
			require.True(t, ok)
			require.Zero(t, c.want.Cmp(promoted))
			if c.want.IsInt64() {
				require.True(t, same(Int(c.want.Int64()), c.checked(nil, Int(x), Int(y))))
			} else {
				requireThrows(t, "ArithmeticException", "long overflow", func() { c.checked(nil, Int(x), Int(y)) })
			}
		}
		if y != 0 && (x != math.MinInt64 || y != -1) {
			q, r := Quot(nil, Int(x), Int(y)), Rem(nil, Int(x), Int(y))
			require.True(t, Equal(nil, Int(x), AddP(nil, MulP(nil, q, Int(y)), r)))
			m := Mod(nil, Int(x), Int(y))
			require.True(t, Sign(m) == 0 || Sign(m) == Sign(Int(y)))
			require.True(t, NumEqual(Int(x), Mul(nil, Div(nil, BigInt(bx), Int(y)), Int(y))))
		}
	})
}
