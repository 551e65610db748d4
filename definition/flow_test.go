package definition_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

func TestOrderFlow(t *testing.T) {
	t.Parallel()
	f, problems := definition.Load("testdata/order.edn")
	require.Equal(t, []string{"W 36:20 json-keyword", "W 48:51 schedule-lacks-input"}, short(problems))
	require.Equal(t, `testdata/order.edn:36:20: warning: the keyword :high is compared with a value that comes from JSON (step :fetch-risk) [json-keyword]
     :needs-approval (= :high (:level risk))})"}]
                     ^~~~~~~~~~~~~~~~~~~~~~~
  hint: JSON has no keywords: compare with "high" or use (keyword ...); if the API answers EDN, say so: :response-as :edn
`, problems[:1].Render(onDisk))

	require.Equal(t, "order-review", f.Slug)
	require.Equal(t, "Order review", f.Name)
	require.Equal(t, []string{"orders", "demo"}, f.Tags)
	require.Equal(t, definition.Concurrency{Type: "keyed", KeyField: []string{"order-id"}, OnNewVersion: "drain"}, f.Concurrency)
	require.Equal(t, []definition.Slot{
		{Slot: "shop-api", Type: "http-api", Label: "Shop", BaseURL: "https://shop.example.com/v1", Auth: definition.SlotAuth{Type: "bearer"}},
		{Slot: "mailer", Type: "http-api", BaseURL: "https://mail.example.com", Auth: definition.SlotAuth{Type: "api-key", Header: "X-Mail-Key"}},
		{Slot: "signing-secret", Type: "secret", SecretRef: "signing-secret"},
	}, f.Requires)
	require.Len(t, f.Forms, 1)
	require.Equal(t, "region", f.Forms[0].Fields[0].Name)
	require.Equal(t, "GET", strings.ToUpper(value.PrStr(nil, f.Templates["risk-request"].Request))[10:13])
	require.NotNil(t, f.Functions["summarize"].Program)
	require.Contains(t, f.Functions["summarize"].Source, `:quote "\""`)
	require.Equal(t, "start", f.Manual.ID)
	require.Equal(t, "orders.changed", f.Webhook.EventName)
	require.Equal(t, "default", f.Webhook.Invocation)
	require.True(t, f.Webhook.Enabled)
	require.Equal(t, "Stripe-Signature", f.Webhook.Auth.Header)
	require.Equal(t, "signing-secret", f.Webhook.Auth.SecretRef)
	require.Equal(t, "Europe/Rome", f.Schedules[0].Timezone)
	require.True(t, f.Schedules[0].Enabled)
	require.NotNil(t, f.Program)
	var steps []string
	for _, s := range f.Steps {
		steps = append(steps, s.Type+"/"+s.ID)
	}
	require.Equal(t, []string{"http/fetch-order", "http/fetch-risk", "function/summarize", "function/keep", "wait/approval", "http/ship", "kv/audit", "notify/tell"}, steps)
	require.Empty(t, f.Portable())
}

// TestBothGenerationsMeanTheSame replaces :invocations, :interfaces and :schedules by :triggers.
func TestBothGenerationsMeanTheSame(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/order.edn")
	require.NoError(t, err)
	triggers, err := os.ReadFile("testdata/order-triggers.edn")
	require.NoError(t, err)
	from, to := strings.Index(string(text), ":invocations"), strings.Index(string(text), ":flow\n")
	older := string(text[:from]) + string(triggers) + string(text[to:])

	newer := parse(t, string(text))
	old := parse(t, older)
	require.Equal(t, newer.Invocations, old.Invocations)
	require.Equal(t, newer.Manual, old.Manual)
	require.True(t, value.Equal(nil, newer.Webhook.Auth.Data, old.Webhook.Auth.Data))
	newer.Webhook.Auth.Data, old.Webhook.Auth.Data = value.Nil, value.Nil
	require.Equal(t, newer.Webhook, old.Webhook)
	require.Equal(t, newer.Schedules, old.Schedules)
}

func TestTriggersNeedNoIDs(t *testing.T) {
	t.Parallel()
	f := parse(t, flowText(`:requires [{:slot :s :type :secret}]
		:triggers [{:type :manual :enabled false}
		           {:type :event :label "E" :config {:source :webhook :event-name "orders.paid" :auth {:type :bearer :secret-ref :s}}}
		           {:type :schedule :config {:cron "@daily"}}
		           {:type :schedule :config {:cron "@hourly" :input {:a 1}}}]`))
	require.Equal(t, "manual", f.Manual.ID)
	require.False(t, f.Manual.Enabled)
	require.Equal(t, "orders.paid", f.Webhook.ID)
	require.Equal(t, "orders.paid", f.Webhook.EventName)
	require.Equal(t, "E", f.Webhook.Label)
	require.Equal(t, []string{"schedule", "schedule-2"}, []string{f.Schedules[0].ID, f.Schedules[1].ID})
	require.True(t, value.Equal(nil, data(t, "{:a 1}"), f.Schedules[1].Input))
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	f := parse(t, flowText(`:interfaces {:manual [{:id :m}] :http [{:id :h}]} :schedules [{:id :s :cron "@daily"}]`))
	require.Equal(t, "f", f.Name)
	require.Equal(t, "drain", f.Concurrency.OnNewVersion)
	require.Equal(t, map[string]*definition.Invocation{"default": {ID: "default"}}, f.Invocations)
	require.Equal(t, "default", f.Manual.Invocation)
	require.Equal(t, "post", f.HTTP.Method)
	require.Empty(t, f.HTTP.Auth.Type)
	require.Equal(t, "UTC", f.Schedules[0].Timezone)
	require.True(t, value.Equal(nil, value.NewMap(), f.Schedules[0].Input))

	f = parse(t, flowText(`:invocations {:only {:inputs [{:name :a}]}} :interfaces {:manual [{:id :m}]}`))
	require.Equal(t, "only", f.Manual.Invocation)
	require.Equal(t, "text", f.Invocations["only"].Inputs[0].Type)
}

func TestSecretRefsNameSlots(t *testing.T) {
	t.Parallel()
	f := parse(t, flowText(`:requires [{:slot :hook-secret :type :secret :secret-ref :stripe}]
		:interfaces {:webhook [{:id :h :auth {:type :bearer :secret-ref :stripe}}]}`))
	require.Equal(t, "stripe", f.Requires[0].SecretRef)
	require.Equal(t, "hook-secret", f.Webhook.Auth.SecretRef)
}

func TestAuthOfEveryType(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]definition.Auth{
		`{:type :api-key :secret-ref :s :location :query :param :key}`: {Type: "api-key", SecretRef: "s", Location: "query", Param: "key"},
		`{:type :bearer :secret-ref :s}`:                               {Type: "bearer", SecretRef: "s"},
		`{:type :basic :username "u" :secret-ref :s}`:                  {Type: "basic", Username: "u", SecretRef: "s"},
		`{:type :hmac-sha256 :header "X-Sig" :secret-ref :s}`:          {Type: "hmac-sha256", Header: "X-Sig", SecretRef: "s"},
		`{:type :standard-webhooks :secret-ref :s}`:                    {Type: "standard-webhooks", SecretRef: "s"},
		`{:type :signature :algo :ecdsa-p256 :public-key-ref :s :signature-header "S" :timestamp-header "T"
		  :signed-message :timestamp-payload :signature-format :hex :signature-prefix "v1=" :timestamp-max-skew-ms 60000}`: {
			Type: "signature", Algo: "ecdsa-p256", PublicKeyRef: "s", SignatureHeader: "S", TimestampHeader: "T",
			SignedMessage: "timestamp-payload", SignatureFormat: "hex", SignaturePrefix: "v1=", MaxSkew: time.Minute},
	} {
		f := parse(t, flowText(`:requires [{:slot :s :type :secret}] :interfaces {:webhook [{:id :h :auth `+text+`}]}`))
		got := f.Webhook.Auth
		require.True(t, value.Equal(nil, data(t, text), got.Data))
		got.Data = value.Nil
		require.Equal(t, want, got, text)
	}
	f := parse(t, flowText(`:interfaces {:webhook [{:id :h :auth {:type :ip-allowlist :allow ["203.0.113.7" "198.51.100.99/24" "2001:db8::/32"]}}]}`))
	require.Equal(t, "[203.0.113.7/32 198.51.100.0/24 2001:db8::/32]", strings.ReplaceAll(strings.Join(prefixes(f), " "), ",", ""))
}

func prefixes(f *definition.Flow) []string {
	var out []string
	for _, p := range f.Webhook.Auth.Allow {
		out = append(out, p.String())
	}
	return []string{"[" + strings.Join(out, " ") + "]"}
}

func TestBodySourceGivesTheBodyAgain(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`'(flow/input)`, `'^{:label "L"} (if (flow/input) 1 2)`, `(quote ; why
	 ^{:label "L"} (if (flow/input) 1 2))`, `'1`} {
		f := parse(t, `{:slug :f :concurrency {:type :singleton} :flow `+body+`}`)
		text, at := f.BodySource()
		moved := strings.Repeat("\n", at.Line-1) + strings.Repeat(" ", at.Col-1) + string(text)
		forms, problems := syntax.Read("f.edn", []byte(moved))
		require.Empty(t, problems)
		require.Len(t, forms, 1)
		require.Equal(t, f.Body.Pos, forms[0].Pos)
		require.Equal(t, f.Body.Meta != nil, forms[0].Meta != nil)
		require.True(t, value.Equal(nil, f.Body.Datum(), forms[0].Datum()))
	}
}

// TestTheSeedIsRight checks the definition that must run verbatim.
func TestTheSeedIsRight(t *testing.T) {
	t.Parallel()
	f, problems := definition.Load("../dev/testdata/advanced-order-orchestration.edn")
	require.Equal(t, []string{"W 35:93 json-keyword", "W 52:7 schedule-lacks-input"}, short(problems))
	require.Equal(t, "advanced-order-orchestration", f.Slug)
	require.Len(t, f.Steps, 8)
	require.Empty(t, f.Portable())
}

func TestUnknownFieldsAreKept(t *testing.T) {
	t.Parallel()
	f, problems := definition.Parse("f.edn", []byte(flowText(`:owner "me" :tagz [:x]`)))
	require.Equal(t, []string{"W 1:63 unknown-field", "W 1:75 unknown-field"}, short(problems))
	require.Equal(t, "did you mean :tags?", problems[1].Hint)
	require.True(t, value.Equal(nil, data(t, `{:owner "me" :tagz [:x]}`), f.Extra))
}
