package worker

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
)

// The search attributes of a run. WeirStep and WeirWaiting are there only while it waits.
var (
	attributeFlow    = temporal.NewSearchAttributeKeyKeyword("WeirFlow")
	attributeVersion = temporal.NewSearchAttributeKeyInt64("WeirVersion")
	attributeKey     = temporal.NewSearchAttributeKeyKeyword("WeirKey")
	attributeStep    = temporal.NewSearchAttributeKeyKeyword("WeirStep")
	attributeWaiting = temporal.NewSearchAttributeKeyKeywordList("WeirWaiting")
)

var attributeTypes = map[string]enumspb.IndexedValueType{
	attributeFlow.GetName():    attributeFlow.GetValueType(),
	attributeVersion.GetName(): attributeVersion.GetValueType(),
	attributeKey.GetName():     attributeKey.GetValueType(),
	attributeStep.GetName():    attributeStep.GetValueType(),
	attributeWaiting.GetName(): attributeWaiting.GetValueType(),
}

// maxKeyword is the longest keyword attribute that every visibility store takes.
const maxKeyword = 255

// EnsureSearchAttributes registers what is missing of Weir's search attributes on a namespace and returns once the
// server lists them. An error means that runs must do without (Options.SearchAttributes false): the server forbids
// it, or holds one of the names under another type.
func EnsureSearchAttributes(ctx context.Context, c client.Client, namespace string) error {
	missing, err := missingAttributes(ctx, c, namespace)
	if err != nil || len(missing) == 0 {
		return err
	}
	_, err = c.OperatorService().AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
		Namespace: namespace, SearchAttributes: missing,
	})
	var exists *serviceerror.AlreadyExists
	if err != nil && !errors.As(err, &exists) {
		return fmt.Errorf("add search attributes to namespace %s: %w", namespace, err)
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for len(missing) > 0 {
		select {
		case <-ctx.Done():
			return fmt.Errorf("add search attributes to namespace %s: %w", namespace, ctx.Err())
		case <-tick.C:
		}
		if missing, err = missingAttributes(ctx, c, namespace); err != nil {
			return err
		}
	}
	return nil
}

func missingAttributes(ctx context.Context, c client.Client, namespace string) (map[string]enumspb.IndexedValueType, error) {
	known, err := c.OperatorService().ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: namespace})
	if err != nil {
		return nil, fmt.Errorf("list search attributes of namespace %s: %w", namespace, err)
	}
	missing := map[string]enumspb.IndexedValueType{}
	for _, name := range slices.Sorted(maps.Keys(attributeTypes)) {
		have, ok := known.GetCustomAttributes()[name]
		switch {
		case !ok:
			missing[name] = attributeTypes[name]
		case have != attributeTypes[name]:
			return nil, fmt.Errorf("search attribute %s of namespace %s has type %s, and Weir needs %s",
				name, namespace, have, attributeTypes[name])
		}
	}
	return missing, nil
}

// runAttributes are those a run carries from its start.
func runAttributes(slug, key string, version int) []temporal.SearchAttributeUpdate {
	out := []temporal.SearchAttributeUpdate{attributeFlow.ValueSet(slug), attributeVersion.ValueSet(int64(version))}
	if key != "" {
		out = append(out, attributeKey.ValueSet(keywordText(key)))
	}
	return out
}

// keywordText shortens text to what a keyword attribute holds.
func keywordText(text string) string {
	if len(text) <= maxKeyword {
		return text
	}
	cut := maxKeyword
	for cut > 0 && text[cut]&0xC0 == 0x80 {
		cut--
	}
	return text[:cut]
}
