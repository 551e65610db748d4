package gateway

import (
	"net/http"
	"strconv"

	"github.com/weir-run/weir/gateway/signature"
	"github.com/weir-run/weir/interpreter/value"
)

// maxDeliveryID is the longest id of a delivery that is taken for one.
const maxDeliveryID = 1024

// The headers by which well-known providers name their deliveries, the first that is there counting.
var deliveryHeaders = []string{signature.StandardIDHeader, "X-GitHub-Delivery"}

// deliveryID is what the provider calls the delivery, "" where it doesn't: the
// header that the flow names, the body's id for Stripe, else a well-known header.
func (d *door) deliveryID(h http.Header, input *value.Map) (string, *problem) {
	switch {
	case d.deliveryHeader != "":
		return headerID(h, d.deliveryHeader)
	case d.scheme.Stripe():
		id, _ := input.GetKw("id").AsString()
		if len(id) > maxDeliveryID {
			return "", invalidID("id")
		}
		return id, nil
	}
	names := deliveryHeaders
	if d.scheme.Type == signature.StandardWebhooks {
		names = []string{signature.StandardIDHeader, "Svix-Id"} // one of them was verified
	}
	for _, name := range names {
		if id, p := headerID(h, name); id != "" || p != nil {
			return id, p
		}
	}
	return "", nil
}

// idempotencyKey is what the caller of the runs API or of an HTTP interface calls its request, "" where it doesn't.
func idempotencyKey(h http.Header) (string, *problem) {
	const name = "Idempotency-Key"
	key, p := headerID(h, name)
	if p != nil {
		return "", invalid(name, "must be there once, with at most "+strconv.Itoa(maxDeliveryID)+" characters")
	}
	return key, nil
}

func headerID(h http.Header, name string) (string, *problem) {
	values := h.Values(name)
	switch {
	case len(values) == 0:
		return "", nil
	case len(values) > 1 || len(values[0]) > maxDeliveryID:
		return "", invalidID(http.CanonicalHeaderKey(name))
	}
	return values[0], nil
}

func invalidID(name string) *problem {
	return &problem{
		status: http.StatusUnprocessableEntity, Code: "invalid-delivery-id", Message: "the delivery's id is repeated or too long",
		Fields: []fieldProblem{{Field: name, Message: "must be there once, with at most 1024 characters"}},
	}
}
