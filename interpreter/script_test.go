package interpreter_test

import (
	"testing"

	"github.com/weir-run/weir/interpreter/scripttest"
)

func TestScripts(t *testing.T) {
	t.Parallel()
	scripttest.Run(t, "testdata/*.clj", scripttest.Options{})
}
