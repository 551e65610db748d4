package activities

import (
	"context"
	"errors"
	"strings"

	"go.temporal.io/sdk/activity"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Notify sends a notification. A delivery that fails for good is a result, {:sent? false :errors [...]}, unless the call is
// strict; while attempts are left, a failure that may pass is an error, so that Temporal tries again.
func (a *Activities) Notify(ctx context.Context, call Call) (wire.V, error) {
	return answered(ctx, call, a.notify)
}

func (a *Activities) notify(ctx context.Context, call Call) (value.Value, error) {
	status, err := a.deliver(ctx, call)
	if errors.Is(ctx.Err(), context.Canceled) {
		return value.Nil, ctx.Err()
	}
	if err != nil {
		f := faultOf(err)
		if call.Strict || f.Retry && !call.lastAttempt(ctx) {
			return value.Nil, err
		}
		a.Logger.Warn("a notification was not delivered", "flow", call.place(ctx).Slug, "step", call.Step, "code", f.Code, "status", f.Status)
		return notSent(f), nil
	}
	return value.NewMap(value.Kw("sent?"), value.True, value.Kw("channels"), value.NewMap(value.Kw(channelHTTP),
		value.NewMap(value.Kw("sent?"), value.True, value.Kw("status"), value.Int(int64(status))))), nil
}

// lastAttempt tells whether nothing will be tried after this one.
func (c Call) lastAttempt(ctx context.Context) bool {
	info := activity.GetInfo(ctx)
	limit := c.Attempts
	if limit == 0 && info.RetryPolicy != nil {
		limit = int(info.RetryPolicy.MaximumAttempts)
	}
	return limit > 0 && int(info.Attempt) >= limit
}

func notSent(f *fault.Error) value.Value {
	problem := []value.Value{value.Kw("channel"), value.Kw(channelHTTP), value.Kw("code"), value.String(f.Code), value.Kw("message"), value.String(f.Error())}
	channel := []value.Value{value.Kw("sent?"), value.False}
	if f.Status != 0 {
		problem = append(problem, value.Kw("status"), value.Int(int64(f.Status)))
		channel = append(channel, value.Kw("status"), value.Int(int64(f.Status)))
	}
	return value.NewMap(value.Kw("sent?"), value.False, value.Kw("channels"), value.NewMap(value.Kw(channelHTTP), value.NewMap(channel...)),
		value.Kw("errors"), value.NewVector(value.NewMap(problem...)))
}

// channelHTTP is the channel that there is.
const channelHTTP = "http"

// deliver renders the payload and sends it; it returns the answer's status.
func (a *Activities) deliver(ctx context.Context, call Call) (int, error) {
	at := call.place(ctx)
	config, err := configOf(call)
	if err != nil {
		return 0, err
	}
	f, _, err := a.flow(ctx, at.Slug, call.Version)
	if err != nil {
		return 0, err
	}
	channel, err := channelOf(f, config)
	if err != nil {
		return 0, err
	}
	data, hidden, err := a.notificationData(call, at, config.GetKw("data"))
	if err != nil {
		return 0, err
	}
	fields, err := request.FromTemplate(channel, data)
	if err != nil {
		return 0, err
	}
	if fields.GetKw("method").IsNil() {
		fields = fields.Assoc(nil, value.Kw("method"), value.Kw("post"))
	}
	within, cancel := bounded(ctx)
	defer cancel()
	answer, parsed, err := a.send(within, f, fields, at, hidden)
	if err != nil {
		return 0, err
	}
	defer answer.Close()
	if !parsed.Accepted.Has(answer.StatusCode) {
		return 0, answer.StatusFault()
	}
	return answer.StatusCode, nil
}

// channelOf finds the request of the http channel, the step's own or its template's.
func channelOf(f *definition.Flow, config *value.Map) (*value.Map, error) {
	channels := config.GetKw("channels")
	if id := config.GetKw("template"); !id.IsNil() && channels.IsNil() {
		t, ok := f.Templates[textOf(id)]
		if !ok || t.Type != definition.Notification {
			return nil, fault.New(fault.InvalidConfig, "there is no template :%s of type :notification", textOf(id))
		}
		channels = t.Channels
	}
	m, ok := channels.AsMap()
	if !ok {
		return nil, fault.New(fault.InvalidConfig, "a notification needs :channels {:http {...}} or a :template")
	}
	var other []string
	m.Each(func(k, _ value.Value) bool {
		if name := textOf(k); name != channelHTTP {
			other = append(other, ":"+name)
		}
		return true
	})
	channel, ok := m.GetKw(channelHTTP).AsMap()
	if len(other) > 0 || !ok {
		return nil, fault.New(fault.InvalidConfig, "a notification has the channel :http alone (found %s)", strings.Join(other, " "))
	}
	return channel, nil
}

// notificationData is what templates see: the run's input where it was handed on, then :data, then the links of the wait, whom they are for, and which reminder it is. The
// links are secrets: whoever holds one can decide.
func (a *Activities) notificationData(call Call, at place, data value.Value) (value.Value, []binding.Secret, error) {
	out := value.EmptyMap
	if call.Input != nil {
		out = overlay(out, call.Input.Value)
	}
	out = overlay(out, data)
	if call.Wait == nil {
		return value.Of(out), nil, nil
	}
	if a.Links == nil {
		return value.Nil, nil, fault.New(fault.InvalidConfig, "there are no links to decide the wait by: this worker knows no public address or no signing key").
			Hinted("set WEIR_PUBLIC_URL and WEIR_SIGNING_KEYS")
	}
	approve, reject, err := a.Links.Links(PendingWait{
		WorkflowID: at.WorkflowID, FirstRunID: at.Origin, RunID: at.RunID, Key: call.Wait.Key, Occurrence: max(call.Wait.N, 1), Expires: call.Wait.Expires,
		Approver: call.Wait.Approver,
	})
	if err != nil {
		return value.Nil, nil, fault.New(fault.Internal, "make the links that decide the wait: %v", err)
	}
	out = overlay(out, value.NewMap(value.Kw("approval-url"), value.String(approve), value.Kw("rejection-url"), value.String(reject),
		value.Kw("approvalUrl"), value.String(approve), value.Kw("rejectionUrl"), value.String(reject)))
	if call.Wait.Approver != "" {
		out = out.Assoc(nil, value.Kw("approver"), value.String(call.Wait.Approver))
	}
	if call.Wait.Reminder > 0 {
		out = out.Assoc(nil, value.Kw("reminder"), value.Int(int64(call.Wait.Reminder)))
	}
	var hidden []binding.Secret
	for _, link := range []string{approve, reject} {
		hidden = append(hidden, binding.NewSecret(link), binding.NewSecret(link[strings.LastIndexByte(link, '/')+1:]))
	}
	return value.Of(out), hidden, nil
}

func overlay(under *value.Map, over value.Value) *value.Map {
	m, ok := over.AsMap()
	if !ok {
		return under
	}
	m.Each(func(k, v value.Value) bool {
		under = under.Assoc(nil, k, v)
		return true
	})
	return under
}
