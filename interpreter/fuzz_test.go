package interpreter_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/scripttest"
	"github.com/weir-run/weir/interpreter/value"
)

// FuzzEval checks that no text makes reading, compiling or evaluating panic, and that evaluations end.
func FuzzEval(f *testing.F) {
	files, err := filepath.Glob("testdata/*.clj")
	if err != nil || len(files) == 0 {
		f.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		cases, err := scripttest.Parse(string(text))
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range cases {
			f.Add(c.Source)
		}
	}
	f.Fuzz(func(t *testing.T, source string) {
		th := value.NewThread(value.Limits{Work: 20_000, Depth: 200, Size: 1 << 20})
		values, err := interpreter.Eval("fuzz", source, th, interpreter.Options{})
		var list diagnostic.List
		var thrown *interpreter.Error
		switch {
		case err == nil:
		case errors.As(err, &list):
			list.Render(diagnostic.OneSource("fuzz", source))
		case errors.As(err, &thrown):
			thrown.Render(diagnostic.OneSource("fuzz", source))
		default:
			t.Fatalf("an error of another kind: %v", err)
		}
		for _, v := range values {
			value.PrStr(nil, v)
		}
	})
}
