package eval

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/interpreter/value"
)

// Frames are released by resetting sp: whatever the order of growing and shrinking, live frames keep their
// values and never overlap.
func TestFramesKeepTheirValues(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		type live struct {
			fr   []value.Value
			sp   int
			mark int64
		}
		m := newMachine()
		var frames []live
		next := int64(0)
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			if len(frames) > 0 && rapid.IntRange(0, 2).Draw(t, "pop") == 0 {
				to := rapid.IntRange(0, len(frames)-1).Draw(t, "to")
				m.sp = frames[to].sp
				frames = frames[:to]
				continue
			}
			size := rapid.SampledFrom([]int{0, 1, 3, 100, firstChunk - 1, firstChunk, firstChunk + 200, 5000}).Draw(t, "size")
			sp := m.sp
			f := live{m.frame(size), sp, next}
			require.Len(t, f.fr, size)
			for i := range f.fr {
				f.fr[i] = value.Int(next)
			}
			next++
			frames = append(frames, f)
			for _, g := range frames {
				for _, v := range g.fr {
					if v != value.Int(g.mark) {
						t.Fatalf("a frame lost its values")
					}
				}
			}
		}
	})
}

func TestReleaseForgetsWhatWasOnTheStack(t *testing.T) {
	t.Parallel()
	th := value.NewThread(value.Limits{})
	m, fresh := acquire(th)
	require.True(t, fresh)
	_, fresh = acquire(th)
	require.False(t, fresh)
	for i := range m.frame(300) {
		m.stack[i] = value.String("secret")
	}
	m.frame(firstChunk * 3)
	m.release()
	require.Nil(t, th.Machine())
	require.Len(t, m.chunks, 1)
	require.Zero(t, m.sp)
	for _, v := range m.chunks[0].slots {
		require.True(t, v.IsNil())
	}
}
