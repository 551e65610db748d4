package jail

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// body wraps statements into a function.
func body(imports, text string) string {
	out := ""
	for _, p := range strings.Fields(imports) {
		out += fmt.Sprintf("import %q\n", p)
	}
	return out + "func Run(input map[string]any) (any, error) {\n" + text + "\n}"
}

func pool(t *testing.T, opt Options) *Pool {
	p := NewPool(opt)
	t.Cleanup(p.Close)
	return p
}

func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}

func TestValues(t *testing.T) {
	t.Parallel()
	p := pool(t, Options{})
	for source, want := range map[string]string{
		body("", "return input, nil"): `{"a":9007199254740993,"b":1.0,"c":[true,null,"x"],"d":{"e":1.5}}`,
		body("", `return []any{input["a"].(int64) + 1, input["b"].(float64), len(input["c"].([]any))}, nil`):                                                                                                               `[9007199254740994,1.0,3]`,
		body("strings sort fmt", `x := map[string]int{"b": 2, "a": 1}; keys := []string{}; for k := range x { keys = append(keys, k) }; sort.Strings(keys); return fmt.Sprintf("%v %s", keys, strings.ToUpper("k")), nil`): `"[a b] K"`,
		body("time", `d, err := time.Parse("2006-01-02", "2026-02-03"); return d.AddDate(0, 1, 0), err`):                                                                                                                   `"2026-03-03T00:00:00Z"`,
		"type order struct { ID string `json:\"id\"`; Total float64 `json:\"total\"`; Note string `json:\"note,omitempty\"` }\n" + body("", `return order{ID: "o-1", Total: 3}, nil`):                                      `{"id":"o-1","total":3.0}`,
		"type level int\nfunc (l level) String() string { return \"L\" + string(rune('0'+int(l))) }\n" + "func Run(input map[string]any) (any, error) { return level(2).String(), nil }":                                   `"L2"`,
		body("sort", `x := []int{3, 1, 2}; sort.Slice(x, func(i, j int) bool { return x[i] < x[j] }); return x, nil`):                                                                                                      `[1,2,3]`,
		body("encoding/json crypto/sha256 encoding/hex", `b, err := json.Marshal(map[string]any{"k": 1}); s := sha256.Sum256(b); return hex.EncodeToString(s[:4]), err`):                                                   `"` + "5ae5bd15" + `"`,
		"func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }\n" + body("", "return fib(15), nil"):                                                                                                    `610`,
		"package mine\n" + body("", "c := make(chan int, 2); c <- 4; x := <-c; return x, nil"):                                                                                                                             `4`,
	} {
		out, err := p.Call(context.Background(), source, []byte(`{"a":9007199254740993,"b":1.0,"c":[true,null,"x"],"d":{"e":1.5}}`))
		require.NoError(t, err, source)
		if strings.Contains(source, "sha256") {
			require.Len(t, string(out), 10)
			continue
		}
		require.Equal(t, want, string(out), source)
	}
}

// TestTheJail is what a hostile function can try that the check lets through: it ends typed, in its bound, and alone.
func TestTheJail(t *testing.T) {
	t.Parallel()
	p := pool(t, Options{})
	for name, c := range map[string]struct{ source, code string }{
		"endless loop":     {body("", "for { }"), CodeTime},
		"endless sum":      {body("", "n := 0; for { n++; if n < 0 { return n, nil } }"), CodeTime},
		"deadlock":         {body("", "c := make(chan int); return <-c, nil"), CodeTime},
		"deep recursion":   {"func down(n int) int { return 1 + down(n+1) }\n" + body("", "return down(0), nil"), CodeStack},
		"10 GB at once":    {body("", "b := make([]byte, 10<<30); b[5<<30] = 1; return len(b), nil"), CodeMemory},
		"10 GB by and by":  {body("", "var all [][]byte; for { b := make([]byte, 1<<20); for i := 0; i < len(b); i += 4096 { b[i] = 1 }; all = append(all, b); if len(all) > 10<<10 { return len(all), nil } }"), CodeMemory},
		"1 GB of output":   {body("strings", `x := strings.Repeat("x", 1<<20); out := []any{}; for i := 0; i < 1024; i++ { out = append(out, x) }; return out, nil`), CodeResult},
		"a ring":           {body("", `m := map[string]any{}; m["m"] = m; return m, nil`), CodeResult},
		"a function":       {body("", "return func() {}, nil"), CodeResult},
		"not a number":     {body("math", "return math.NaN(), nil"), CodeResult},
		"panic":            {body("", `panic("no")`), CodePanic},
		"nil map":          {body("", "var m map[string]int; m[\"a\"] = 1; return m, nil"), CodePanic},
		"index":            {body("", "x := []int{1}; i := 5; return x[i], nil"), CodePanic},
		"wrong kind":       {body("", `return input["a"].(string), nil`), CodePanic},
		"error":            {body("errors", `return nil, errors.New("no such order")`), CodeError},
		"huge message":     {body("errors strings", `return nil, errors.New(strings.Repeat("x", 100<<20))`), CodeError},
		"greedy regex":     {body("regexp strings", "return regexp.MustCompile(`(a|aa)+$`).MatchString(strings.Repeat(\"a\", 1<<26) + \"b\"), nil"), CodeTime},
		"big numbers":      {body("math/big", "x := big.NewInt(3); for { x.Mul(x, x); if x.Sign() < 0 { return x.String(), nil } }"), CodeTime},
		"panic in a value": {"var x = []int{}[len(\"a\")]\n" + body("", "return x, nil"), CodePanic},
	} {
		limit := time.Minute
		if c.code == CodeTime {
			limit = 2 * time.Second
		}
		began := time.Now()
		_, err := p.Call(within(t, limit), c.source, []byte(`{"a":1}`))
		var e *Error
		require.ErrorAs(t, err, &e, name)
		t.Logf("%-18s %-12s after %4d ms: %.60s", name, e.Code, time.Since(began).Milliseconds(), e.Message)
		if name != "big numbers" || e.Code != CodeMemory { // whichever bound that meets first depends on how busy the machine is
			require.Equal(t, c.code, e.Code, "%s: %s", name, e.Message)
		}
		require.LessOrEqual(t, len(e.Message), maxMessage+16, name)
	}
	out, err := p.Call(context.Background(), body("", "return 1, nil"), []byte(`{}`))
	require.NoError(t, err)
	require.Equal(t, "1", string(out))
}

func TestAPanicHasItsPlace(t *testing.T) {
	t.Parallel()
	source := "func half(x []int) int {\n\treturn x[7]\n}\n" + body("", "return half([]int{1}), nil")
	_, err := pool(t, Options{}).Call(context.Background(), source, []byte(`{}`))
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, CodePanic, e.Code)
	require.Contains(t, e.Message, "out of range")
	require.Equal(t, 2, 1+strings.Count(source[:max(e.Offset, 0)], "\n"), "%d: %s", e.Offset, e.Message)
}

func TestInputIsBounded(t *testing.T) {
	t.Parallel()
	_, err := pool(t, Options{}).Call(context.Background(), body("", "return 1, nil"), make([]byte, MaxInput+1))
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, CodeInput, e.Code)
}

func TestWithoutALock(t *testing.T) {
	t.Parallel()
	source := body("", "return 1, nil")
	for _, lock := range []string{"landlock", "seccomp", "limits"} {
		_, err := pool(t, Options{lack: []string{lock}}).Call(context.Background(), source, []byte(`{}`))
		var e *Error
		require.ErrorAs(t, err, &e, lock)
		require.Equal(t, CodeUnavailable, e.Code)
		require.Contains(t, e.Message, lock)
		require.Contains(t, e.Hint, Variable)
		out, err := pool(t, Options{Mode: Available, lack: []string{lock}}).Call(context.Background(), source, []byte(`{}`))
		require.NoError(t, err)
		require.Equal(t, "1", string(out))
	}
	_, err := pool(t, Options{Mode: Off}).Call(context.Background(), source, []byte(`{}`))
	require.ErrorContains(t, err, "switched off")
	_, err = ModeOf("yes")
	require.ErrorContains(t, err, Variable)
}

func TestAChildIsRecycled(t *testing.T) {
	t.Parallel()
	p := pool(t, Options{InFlight: 1})
	source := "var n int\n" + body("", "n++; return n, nil")
	for i := range MaxCalls + 1 {
		out, err := p.Call(context.Background(), source, []byte(`{}`))
		require.NoError(t, err)
		if i == MaxCalls-1 {
			require.Equal(t, fmt.Sprint(MaxCalls), string(out))
		}
		if i == MaxCalls {
			require.Equal(t, "1", string(out))
		}
	}
	grown := "var all [][]byte\n" + body("", "b := make([]byte, 160<<20); for i := 0; i < len(b); i += 4096 { b[i] = 1 }; all = append(all, b); return len(all), nil")
	for range 3 {
		out, err := p.Call(context.Background(), grown, []byte(`{}`))
		require.NoError(t, err)
		require.Equal(t, "1", string(out), "a child that has grown takes no more calls")
	}
}

func TestAKilledChildIsNoLoss(t *testing.T) {
	t.Parallel()
	p := pool(t, Options{InFlight: 1})
	source := body("", "return 1, nil")
	for range 3 {
		_, err := p.Call(context.Background(), source, []byte(`{}`))
		var lost *Error
		if errors.As(err, &lost) {
			require.Equal(t, CodeLost, lost.Code)
		}
		p.mu.Lock()
		for _, c := range p.idle {
			_ = c.cmd.Process.Kill()
		}
		p.mu.Unlock()
	}
}
