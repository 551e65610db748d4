package jail

import (
	"context"
	"testing"
)

const small = `func Run(input map[string]any) (any, error) {
	score, _ := input["score"].(int64)
	level := "low"
	if score > 80 { level = "high" }
	return map[string]any{"level": level, "score": score, "approve": level == "high"}, nil
}`

// BenchmarkWarm is a call of a child that waits.
func BenchmarkWarm(b *testing.B) {
	p := NewPool(Options{})
	defer p.Close()
	for b.Loop() {
		if _, err := p.Call(context.Background(), small, []byte(`{"score":91,"risk-level":"high"}`)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStart is a first call: a new child, locked, the function compiled.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		p := NewPool(Options{})
		if _, err := p.Call(context.Background(), small, []byte(`{"score":91}`)); err != nil {
			b.Fatal(err)
		}
		p.Close()
	}
}
