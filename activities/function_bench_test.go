package activities_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
)

// BenchmarkFunction calls the same function in Clojure and in Go again and again, as a step's activity does. The child that
// runs the Go has memory of its own, which is told as child-MB (child-own-MB without the program's text) on Linux.
func BenchmarkFunction(b *testing.B) {
	for name, ref := range map[string]string{"clojure": "risk", "go": "Risk"} {
		b.Run(name, func(b *testing.B) {
			bundle := setup(b, goFunctions)
			call := bundle.call(b, `{:ref :`+ref+` :input {:score 91 :level "high"}}`)
			env := quietSuite().NewTestActivityEnvironment()
			env.RegisterActivityWithOptions(func(ctx context.Context) error {
				for b.Loop() {
					if _, err := bundle.acts.Function(ctx, call); err != nil {
						return err
					}
				}
				return nil
			}, activity.RegisterOptions{Name: "repeat"})
			b.ReportAllocs()
			wholeBefore, ownBefore := childrensMemory() // of the S3 store's
			_, err := env.ExecuteActivity("repeat")
			require.NoError(b, err)
			whole, own := childrensMemory()
			b.ReportMetric(whole-wholeBefore, "child-MB")
			b.ReportMetric(own-ownBefore, "child-own-MB")
		})
	}
}

// childrensMemory is how many megabytes this process's children hold, as far as Linux tells.
func childrensMemory() (whole, own float64) {
	lists, _ := filepath.Glob("/proc/self/task/*/children")
	for _, list := range lists {
		text, _ := os.ReadFile(list)
		for _, pid := range strings.Fields(string(text)) {
			status, _ := os.ReadFile("/proc/" + pid + "/status")
			for _, line := range strings.Split(string(status), "\n") {
				var kb float64
				if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kb); err == nil {
					whole += kb / 1000
				}
				if _, err := fmt.Sscanf(line, "RssAnon: %f kB", &kb); err == nil {
					own += kb / 1000
				}
			}
		}
	}
	return whole, own
}
