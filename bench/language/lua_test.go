package language

import (
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// Lua has no JSON in its library, so it has no row of that name.
var luaRows = map[string]string{
	"fib":       `function run() local function fib(n) if n < 2 then return n end return fib(n-1) + fib(n-2) end return fib(25) end`,
	"loop":      `function run() local sum = 0 for i = 0, 1000000 do sum = sum + i end return sum end`,
	"pipeline":  `function run(xs) local f, sum = {}, 0 for _, x in ipairs(xs) do if x.quantity % 2 == 0 then f[#f+1] = x end end local p = {} for i, x in ipairs(f) do p[i] = x.price end for _, v in ipairs(p) do sum = sum + v end return sum end`,
	"strings":   `function run() local parts = {} for i = 0, 9999 do parts[#parts+1] = "n" .. i end return #table.concat(parts) end`,
	"sortgroup": `function run(xs) local s = {} for i, x in ipairs(xs) do s[i] = x end table.sort(s, function(a, b) return a.price < b.price end) local g, n = {}, 0 for _, x in ipairs(xs) do if not g[x.group] then g[x.group] = {} n = n + 1 end table.insert(g[x.group], x) end return s[#s].price .. ":" .. n end`,
	"nested":    `local function copy(t) local c = {} for k, v in pairs(t or {}) do c[k] = v end return c end function run() local m = {n = 0} for i = 0, 9999 do m = copy(m) m.a = copy(m.a) m.a.b = copy(m.a.b) m.a.b.c = i m.n = m.n + 1 end return m.n end`,
	"call":      `function run(risk) return {level = risk.level, score = risk.score, name = risk.name, region = risk.region, needs = risk.level == "high"} end`,
}

func prepareLua(b *testing.B, row string) (func() any, bool) {
	source, ok := luaRows[row]
	if !ok {
		return nil, false
	}
	state := lua.NewState(lua.Options{RegistryMaxSize: 1 << 20, RegistryGrowStep: 1 << 10}) // table.concat pushes all parts
	b.Cleanup(state.Close)
	if err := state.DoString(source); err != nil {
		b.Fatal(err)
	}
	call := func(args ...lua.LValue) lua.LValue {
		if err := state.CallByParam(lua.P{Fn: state.GetGlobal("run"), NRet: 1, Protect: true}, args...); err != nil {
			b.Fatal(err)
		}
		v := state.Get(-1)
		state.Pop(1)
		return v
	}
	switch row {
	case "pipeline", "sortgroup":
		if err := state.DoString(`data = {} for i = 0, 99999 do data[i+1] = {price = i*7919%100000, quantity = i%3, group = i%100} end`); err != nil {
			b.Fatal(err)
		}
		return func() any { return luaText(call(state.GetGlobal("data"))) }, true
	case "call":
		return func() any {
			risk := state.NewTable()
			risk.RawSetString("level", lua.LString("high"))
			risk.RawSetString("score", lua.LNumber(91))
			risk.RawSetString("name", lua.LString("x"))
			risk.RawSetString("region", lua.LString("eu"))
			risk.RawSetString("paid", lua.LTrue)
			out := call(risk).(*lua.LTable)
			return text(out.RawGetString("level"), out.RawGetString("needs"))
		}, true
	}
	return func() any { return luaText(call()) }, true
}

func luaText(v lua.LValue) any {
	if n, ok := v.(lua.LNumber); ok {
		return int64(n)
	}
	return v.String()
}
