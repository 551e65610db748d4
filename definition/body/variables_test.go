package body

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestVariables(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`no tags { } }}`:                                                            "",
		`{{a}} {{ b.c }} {{{d}}} {{~e~}}`:                                           "a b d e",
		`{{order-id}} {{orderId}} {{a?}}`:                                           "order-id orderId a?",
		`\{{a}} {{! a comment}} {{}}`:                                               "",
		`{{#if a}}{{b}}{{else if c}}{{d}}{{else}}{{e}}{{/if}}`:                      "a b c d e",
		`{{#unless a}}x{{/unless}}`:                                                 "a",
		`{{#each a}}{{b}}{{#with c}}{{d}}{{/with}}{{/each}}{{e}}`:                   "a e",
		`{{#each a as |x i|}}{{x}}{{/each}}`:                                        "a",
		`{{truncate a 10}} {{default b "none"}} {{join (items c) ", "}} {{json d}}`: "a b c d",
		`{{first}} {{last.name}}`:                                                   "first last",
		`{{this}} {{this.a}} {{@index}} {{../a}} {{.}} {{true}} {{12}}`:             "",
	} {
		require.Equal(t, want, strings.Join(variables(text), " "), text)
	}
}
