package cron_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition/cron"
)

func TestCheckTakesWhatTemporalTakes(t *testing.T) {
	t.Parallel()
	for _, expression := range []string{
		"0 * * * *", " 0  9 * * 1-5 ", "*/15 * * * *", "5/10 * * * *", "0 0 1,15 * *", "0 0 * * 7", "0 0 * JAN-mar Mon,friday",
		"0 0 29 2 *", "59 23 31 12 0", "1-5/2,8-16/3,2 * * * *", "@hourly", "@daily", "@yearly", "@every 15m", "@every 14h/3h",
	} {
		require.NoError(t, cron.Check(expression), expression)
	}
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for expression, message := range map[string]string{
		"":                           "this has 0",
		"* * * *":                    "this has 4",
		"0 0 * * * *":                "this has 6",
		"60 * * * *":                 `minute must be 0-59, not "60"`,
		"* 24 * * *":                 "hour must be 0-23",
		"* * 0 * *":                  "day of month must be 1-31",
		"* * * 13 *":                 "month must be 1-12",
		"* * * * 8":                  "day of week must be 0-7",
		"* * * * m":                  "day of week must be 0-7",
		"5-1 * * * *":                "ends before it begins",
		"*/0 * * * *":                "step of minute",
		"*/ * * * *":                 "step of minute",
		"1/2/3 * * * *":              "step of minute",
		"1-2-3 * * * *":              "minute must be",
		"+5 * * * *":                 "minute must be",
		"1, * * * *":                 "minute must be",
		"0 0 30 2 *":                 "never fire",
		"0 0 31 4,6 *":               "never fire",
		"@noon":                      "unknown alias @noon",
		"@every":                     "@every needs one duration",
		"@every 10":                  "@every needs a duration",
		"@every 1ms":                 "at least 1s",
		"@every 1h/2h":               "phase",
		"CRON_TZ=Europe/Rome @daily": ":timezone",
		"0 * * * * # hourly":         "comments",
	} {
		require.ErrorContains(t, cron.Check(expression), message, expression)
	}
}
