package interpreter

import (
	"context"
	"sync"

	"github.com/weir-run/weir/interpreter/value"
)

// Gate lets only so many evaluations grow large side by side, so that what they hold together stays bounded
// however many run. Those that build less than value.LargeSize never meet it.
type Gate struct{ turns chan struct{} }

// NewGate makes a gate for large evaluations at a time.
func NewGate(large int) *Gate { return &Gate{make(chan struct{}, max(1, large))} }

// Watch makes th wait for its turn when it grows large, until leave is called: once, when th is done. When ctx
// ends before the turn comes, th is cancelled. It is for evaluations that wait for nothing else on the way.
func (g *Gate) Watch(ctx context.Context, th *value.Thread) (leave func()) {
	var once sync.Once
	held := false
	th.OnLarge = func() {
		once.Do(func() {
			select {
			case g.turns <- struct{}{}:
				held = true
			case <-ctx.Done():
				th.Cancel()
			}
		})
	}
	return func() {
		once.Do(func() {})
		if held {
			<-g.turns
		}
	}
}
