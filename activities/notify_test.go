package activities_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/wire"
)

const notice = ` :templates [{:id :approval-notice :type :notification :channels {:http {:connection :api :path "/mail/{{order-id}}" :method :post
 :json {:subject "Approve order {{order-id}}" :score "{{risk-score}}" :value "Approve: {{approval-url}}\nReject: {{rejection-url}}\n{{approvalUrl}} {{rejectionUrl}}"}}}}]`

const outcome = `{:channels {:http {:connection :api :path "/mail" :method :post :json {:subject "Order {{order-id}} result" :value "action={{action}}, artifact={{artifact-ref}}"}}}
 :data {:order-id "o-1" :action "approve" :artifact-ref "{{not-again}}"}}`

func TestNotify(t *testing.T) {
	t.Parallel()
	b := setup(t, notice)
	b.server.answers(202, "", "")
	require.Equal(t, `{:sent? true, :channels {:http {:sent? true, :status 202}}}`, show(b.do(t, "notify", outcome)))
	got := b.server.requests()[0]
	require.Equal(t, "POST", got.Method)
	require.Equal(t, "/v1/mail", got.URI)
	require.Equal(t, `{"subject":"Order o-1 result","value":"action=approve, artifact={{not-again}}"}`, got.Body)
	require.Equal(t, "Bearer "+secretText, got.Header.Get("Authorization"))
	require.Len(t, got.Header.Get("Idempotency-Key"), 64)
	b.do(t, "notify", `{:channels {:http {:connection :api :body "hi"}}}`)
	require.Equal(t, "POST", b.server.requests()[1].Method)
}

func TestTheNotificationOfAWait(t *testing.T) {
	t.Parallel()
	b := setup(t, notice)
	call := b.call(t, `{:template :approval-notice :data {:order-id "o/2" :risk-score 91}}`)
	call.Input = &wire.V{Value: edn(t, `{:order-id "from the input" :risk-score 0}`)}
	call.Wait = &activities.WaitRef{Key: "approval:order:o-2", Expires: time.Now().Add(time.Hour)}
	v, err := b.run(t, "notify", call)
	require.NoError(t, err)
	require.Contains(t, show(v), ":sent? true")
	require.NotContains(t, show(v), "approvals")
	got := b.server.requests()[0]
	require.Equal(t, "/v1/mail/o%2F2", got.URI)
	require.Equal(t, `{"subject":"Approve order o/2","score":91,"value":"Approve: https://weir.test/approvals/yes-approval:order:o-2-defa\nReject: https://weir.test/approvals/no-approval:order:o-2-defa\nhttps://weir.test/approvals/yes-approval:order:o-2-defa https://weir.test/approvals/no-approval:order:o-2-defa"}`, got.Body)

	// An answer that repeats the links must not bring them into the history.
	b.server.answers(400, "text/plain", "bad mail: "+got.Body+" token yes-approval:order:o-2-defa")
	call.Strict = true
	_, err = b.run(t, "notify", call)
	app, detail := typed(t, err, fault.HTTPStatus, false)
	require.NotContains(t, app.Error()+show(detail.Data.Value), "yes-approval")
	require.Contains(t, show(detail.Data.Value), "[secret]")

	b.deps.Links = nil
	b.acts = activities.New(b.deps)
	_, err = b.run(t, "notify", call)
	app, _ = typed(t, err, fault.InvalidConfig, false)
	require.Contains(t, app.Message(), "WEIR_SIGNING_KEYS")
}

func TestFailedDeliveriesAreResults(t *testing.T) {
	t.Parallel()
	b := setup(t, notice)
	b.server.answers(404, "", "")
	require.Equal(t, fmt.Sprintf(`{:sent? false, :channels {:http {:sent? false, :status 404}}, :errors [{:channel :http, :code "http-status", :message "POST %s/v1/mail answered 404 Not Found", :status 404}]}`, b.server.URL),
		show(b.do(t, "notify", outcome)))
	b.server.answers(503, "", "")
	call := b.call(t, outcome)
	call.Attempts = 1
	v, err := b.run(t, "notify", call)
	require.NoError(t, err)
	require.Contains(t, show(v), ":status 503")
	call.Attempts = 2
	_, err = b.run(t, "notify", call)
	typed(t, err, fault.HTTPStatus, true)
	call.Attempts, call.Strict = 1, true
	_, err = b.run(t, "notify", call)
	typed(t, err, fault.HTTPStatus, true)
	for config, code := range map[string]string{
		`{}`: fault.InvalidConfig, `{:template :nope}`: fault.InvalidConfig, `{:channels {:mail {}}}`: fault.InvalidConfig, `{:channels {:http {:connection :nope}}}`: fault.SlotUnbound,
		`{:channels {:http {:connection :api :body "{{#if"}}}`: fault.Template, `{:channels {:http {:url "http://10.0.0.1/"}}}`: fault.EgressRefused,
	} {
		v := b.do(t, "notify", config)
		require.Contains(t, show(v), `{:sent? false`, config)
		require.Contains(t, show(v), `:code "`+code+`"`, config)
	}
}

// runs executes a workflow named as the flow that calls one activity, with its retries.
func (b *bundle) workflow(t *testing.T, policy temporal.RetryPolicy, name string, arg, result any) error {
	t.Helper()
	env := quietSuite().NewTestWorkflowEnvironment()
	b.acts.Register(env)
	env.RegisterWorkflowWithOptions(func(ctx workflow.Context) error {
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: &policy})
		return workflow.ExecuteActivity(ctx, name, arg).Get(ctx, result)
	}, workflow.RegisterOptions{Name: "orders"})
	env.ExecuteWorkflow("orders")
	return env.GetWorkflowError()
}

func TestNotifyUsesItsAttempts(t *testing.T) {
	t.Parallel()
	b := setup(t, notice)
	b.server.mu.Lock()
	b.server.answer = func(w http.ResponseWriter, _ *http.Request) {
		if n := len(b.server.requests()); n < 3 {
			w.WriteHeader(500)
		}
	}
	b.server.mu.Unlock()
	call := b.call(t, outcome)
	call.Slug = ""
	var out wire.V
	require.NoError(t, b.workflow(t, temporal.RetryPolicy{MaximumAttempts: 3}, "notify", call, &out))
	require.Contains(t, show(out.Value), ":sent? true")
	got := b.server.requests()
	require.Len(t, got, 3)
	require.Equal(t, got[0].Header.Get("Idempotency-Key"), got[2].Header.Get("Idempotency-Key"))

	b.server.answers(500, "", "")
	call.N, call.Attempts = 2, 2
	require.NoError(t, b.workflow(t, temporal.RetryPolicy{MaximumAttempts: 2}, "notify", call, &out))
	require.Contains(t, show(out.Value), ":sent? false")
	require.Len(t, b.server.requests(), 5)
}

func TestDefinition(t *testing.T) {
	t.Parallel()
	b := setup(t, notice+riskFunctions+` :name "Orders" :invocations {:default {:inputs [{:name :order-id :type :text :required true} {:name :n :type :number :default 5} {:name :size :type :select :options ["s" "l"]}]}}
 :flow '(let [input (flow/input)]
          (if ^{:label "Big?"} (> (:n input) 3) :big (throw (ex-info "small" {}))))`)
	var plan activities.Plan
	require.NoError(t, b.workflow(t, temporal.RetryPolicy{MaximumAttempts: 1}, "definition", activities.Request{}, &plan))
	require.Equal(t, 1, plan.Version)
	require.Equal(t, b.flow.Digest, plan.Digest)
	require.Equal(t, "Orders", plan.Name)
	require.Equal(t, []string{"api"}, plan.Bound)
	require.Less(t, len(plan.Essence), 450)
	f, err := plan.Flow("orders")
	require.NoError(t, err)
	require.Equal(t, b.flow.Body.Pos, f.Body.Pos)
	require.Equal(t, show(b.flow.Body.Datum()), show(f.Body.Datum()))
	require.Equal(t, b.flow.Concurrency, f.Concurrency)
	require.NotNil(t, f.Program)
	checked, problems := f.CheckInput("", edn(t, `{:order-id "o" :size "s"}`))
	require.Empty(t, problems)
	require.Equal(t, `{:order-id "o", :size "s", :n 5}`, show(checked))
	_, problems = f.CheckInput("", edn(t, `{:size "x"}`))
	require.Len(t, problems, 2)

	code := func(r activities.Request) string {
		err := b.workflow(t, temporal.RetryPolicy{MaximumAttempts: 1}, "definition", r, &plan)
		var app *temporal.ApplicationError
		require.True(t, errors.As(err, &app), "%v", err)
		require.True(t, app.NonRetryable())
		return app.Type()
	}
	require.Equal(t, fault.UnknownVersion, code(activities.Request{Version: 7}))
	for _, text := range []string{"!", ".!", ".AAAA", ""} {
		broken := plan
		broken.Essence = text
		_, err = broken.Flow("orders")
		require.Error(t, err, text)
	}
	// What the first histories hold: the same, compressed by itself.
	plan.Essence = "HMQxCkIxDIDhq8g/KWR5aw7gIugi7mqDBEMqr4qU0rsLLt8g0EW4/72hbEvdLDuEJzo495ehNM9H2LsmwsH63i0Kmp8I4ZRH+15sbV4TpaxXT+b8BQAA//8"
	_, err = plan.Flow("orders")
	require.NoError(t, err)
}

// A run doesn't start without what its required slots need.
func TestAnUnboundSlotFailsTheStart(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	other, problems := parse("orders.edn", `{:slug :orders :concurrency {:type :singleton :on-new-version :drain}
 :requires [{:slot :mail :type :http-api :base-url "https://mail.example.com" :auth {:type :api-key}}] :flow '(do 1)}`)
	require.NoError(t, problems.Err())
	_, _, err := b.deps.Versions.Deploy(t.Context(), other)
	require.NoError(t, err)
	var plan activities.Plan
	err = b.workflow(t, temporal.RetryPolicy{MaximumAttempts: 1}, "definition", activities.Request{Version: 2}, &plan)
	var app *temporal.ApplicationError
	require.True(t, errors.As(err, &app))
	require.Equal(t, fault.SlotUnbound, app.Type())
	require.Contains(t, app.Message(), "slot :mail lacks :api-key")
	require.Contains(t, app.Message(), "WEIR_BINDINGS")
	require.NoError(t, b.workflow(t, temporal.RetryPolicy{MaximumAttempts: 1}, "definition", activities.Request{Version: 1}, &plan))
}

func TestAFlowThatNobodyDeployed(t *testing.T) {
	t.Parallel()
	b := setup(t, "")
	call := b.call(t, `{:connection :api}`)
	call.Slug, call.Version = "nobody", 0
	_, err := b.run(t, "http", call)
	typed(t, err, activities.UnknownFlow, false)
}
