package core_test

import (
	"testing"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/core"
	"github.com/weir-run/weir/interpreter/scripttest"
)

func TestScripts(t *testing.T) {
	t.Parallel()
	scripttest.Run(t, "testdata/scripts/*.clj", scripttest.Options{
		Compile: interpreter.Options{Natives: core.FunctionLibrary()},
	})
}
