package value

import (
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWorkLimitAtItsEdge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.Int64Range(1, 2000).Draw(t, "limit")
		th := NewThread(Limits{Work: limit})
		spent := int64(0)
		for {
			n := rapid.Int64Range(0, 300).Draw(t, "n")
			if spent+n > limit {
				requireLimit(t, CodeWork, func() { th.Charge(n) })
				break
			}
			th.Charge(n)
			spent += n
			require.Equal(t, limit-spent, th.WorkLeft())
		}
		requireLimit(t, CodeWork, func() { th.Charge(1) })
		th.Refill()
		th.Charge(limit)
		requireLimit(t, CodeWork, func() { th.Charge(1) })
	})
}

func TestSizeLimitAtItsEdge(t *testing.T) {
	t.Parallel()
	th := NewThread(Limits{Size: 100})
	th.ChargeSize(100)
	requireLimit(t, CodeSize, func() { th.ChargeSize(1) })
	th.Refill()
	th.ChargeSize(100)
	requireLimit(t, CodeSize, func() { th.ChargeSize(1) })
	large := NewThread(Limits{})
	require.Equal(t, Limits{DefaultWork, DefaultDepth, DefaultSize}, large.Limits())
	large.ChargeSize(DefaultSize)
	large.Refill()
	large.ChargeSize(refillSize)
	requireLimit(t, CodeSize, func() { large.ChargeSize(1) })
}

func TestBuildingCostsWork(t *testing.T) {
	t.Parallel()
	th := NewThread(Limits{Work: 10})
	th.ChargeSize(9*bytesPerWork + 1)
	requireLimit(t, CodeWork, func() { th.ChargeSize(1) })
}

func TestOnLargeIsAskedOnceAndFirst(t *testing.T) {
	t.Parallel()
	asked := 0
	th := NewThread(Limits{Size: LargeSize + 100})
	th.OnLarge = func() { asked++ }
	th.ChargeSize(LargeSize)
	require.Zero(t, asked)
	th.ChargeSize(1)
	require.Equal(t, 1, asked)
	th.ChargeSize(99)
	requireLimit(t, CodeSize, func() { th.ChargeSize(1) })
	require.Equal(t, 1, asked)

	fork := th.Fork()
	fork.ChargeSize(LargeSize + 1)
	require.Equal(t, 2, asked, "a fork builds on its own account")
	small := NewThread(Limits{Size: 100})
	small.OnLarge = func() { asked++ }
	requireLimit(t, CodeSize, func() { small.ChargeSize(101) })
	require.Equal(t, 2, asked)
}

func TestDepthLimitAtItsEdge(t *testing.T) {
	t.Parallel()
	th := NewThread(Limits{Depth: 10})
	for range 10 {
		th.Enter()
	}
	require.Equal(t, 10, th.Depth())
	requireLimit(t, CodeDepth, th.Enter)
	requireLimit(t, CodeDepth, th.Fork().Enter)
	th.Leave()
	th.Enter()
	th.Unwind(3)
	require.Equal(t, 3, th.Depth())
}

func TestCancelReachesForksSoon(t *testing.T) {
	t.Parallel()
	th := NewThread(Limits{Work: 1 << 60})
	fork := th.Fork()
	ended := make(chan time.Time)
	go func() {
		defer func() {
			e, ok := recover().(*LimitError)
			require.True(t, ok)
			require.Equal(t, CodeCancelled, e.Code)
			ended <- time.Now()
		}()
		for {
			fork.Charge(1)
		}
	}()
	th.Cancel()
	<-ended
	require.True(t, th.Cancelled())
	requireLimit(t, CodeCancelled, func() { th.Charge(workSlice + 1) })
}

func TestForkHasItsOwnBudget(t *testing.T) {
	t.Parallel()
	th := NewThread(Limits{Work: 10})
	th.Host, th.OnDecision = "host", func(Decision) {}
	th.SetMachine("machine")
	th.Charge(10)
	fork := th.Fork()
	fork.Charge(10)
	require.Equal(t, "host", fork.Host)
	require.NotNil(t, fork.OnDecision)
	require.Nil(t, fork.Machine())
	require.Equal(t, "machine", th.Machine())
}

func TestNilThreadChargesNothing(t *testing.T) {
	t.Parallel()
	var th *Thread
	th.Charge(1 << 62)
	th.ChargeSize(1 << 62)
	th.Enter()
	th.Leave()
	th.Refill()
	th.Cancel()
	th.Unwind(3)
	require.False(t, th.Cancelled())
	require.Zero(t, th.Depth())
	require.Zero(t, th.WorkLeft())
	require.Nil(t, th.Machine())
	require.NotNil(t, th.Fork())
	require.Equal(t, DefaultWork, th.Limits().Work)
}

func TestNumbersAreBounded(t *testing.T) {
	t.Parallel()
	product := func() {
		th := NewThread(Limits{})
		acc := Int(1)
		for i := int64(1); ; i++ { // (reduce *' (range 1 1e9))
			th.Charge(1)
			acc = MulP(th, acc, Int(i))
		}
	}
	require.Panics(t, product)
	largest := BigInt(new(big.Int).Lsh(big.NewInt(1), MaxNumberBits-2))
	require.Equal(t, KindBigInt, Add(NewThread(Limits{}), largest, largest).Kind())
	requireLimit(t, CodeSize, func() {
		double := Add(NewThread(Limits{}), largest, largest)
		Add(NewThread(Limits{}), double, double)
	})
	squares := func() {
		th := NewThread(Limits{})
		for acc := Int(3); ; {
			acc = MulP(th, acc, acc)
		}
	}
	requireLimit(t, CodeSize, squares)
	d, ok := ParseDecimal("1e65536")
	require.True(t, ok)
	requireLimit(t, CodeSize, func() { Mul(NewThread(Limits{}), Of(d), Of(d)) })
	_, ok = ParseDecimal("1e65537")
	require.False(t, ok)
	tiny, _ := ParseDecimal("1e-65536")
	requireLimit(t, CodeSize, func() { Add(NewThread(Limits{}), Of(d), Of(tiny)) })
}
