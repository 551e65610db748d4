package dev

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/standin"
)

const slots = `{:slug :slots :concurrency {:type :singleton :on-new-version :drain}
 :requires [{:slot :shop :type :http-api :base-url "https://shop.example.com" :auth {:type :bearer}}
            {:slot :mail :type :http-api :base-url "https://mail.example.com" :auth {:type :basic}}
            {:slot :real :type :http-api :base-url "https://real.example.com" :auth {:type :none}}
            {:slot :signing :type :secret :secret-ref :whsec}]
 :templates [{:id :note :type :notification :channels {:http {:connection :mail :path "/" :method :post :json {}}}}]
 :flow '(flow/step :notify :tell {:channels {:http {:connection :shop :path "/" :method :post :json {}}}})}`

func parse(t *testing.T, text string) *definition.Flow {
	t.Helper()
	f, problems := definition.Parse("slots.edn", []byte(text))
	require.NoError(t, problems.Err())
	return f
}

func TestStandInsTakeTheAddressAndLeaveTheToken(t *testing.T) {
	f := parse(t, slots)
	book, problems := standin.Parse("stubs.edn", []byte(`{:shop {} :mail {}}`))
	require.NoError(t, problems.Err())
	dir := t.TempDir()
	user := filepath.Join(dir, "user.edn")
	require.NoError(t, os.WriteFile(user, []byte(
		`{:shop {:base-url "https://elsewhere.example.com" :token "mine"} :mail {:username "u" :password #env "WEIR_TEST_UNSET"}}`), 0o600))

	files := newBindings(dir, user, []*definition.Flow{f})
	source, notes, err := files.lay([]*definition.Flow{f}, map[string]*standin.Book{"slots": book}, "http://127.0.0.1:7232")
	require.NoError(t, err)
	require.Empty(t, source.Check(f), "nothing is lacking any more")
	shop, err := source.Endpoint(f, "shop")
	require.NoError(t, err)
	require.Equal(t, "http://127.0.0.1:7232/slots/shop", shop.BaseURL)
	require.Equal(t, "mine", shop.Auth.Secret.Reveal())
	mail, err := source.Endpoint(f, "mail")
	require.NoError(t, err)
	require.Equal(t, "http://127.0.0.1:7232/slots/mail", mail.BaseURL)
	require.Equal(t, "dev-mail", mail.Auth.Secret.Reveal())
	untouched, err := source.Endpoint(f, "real")
	require.NoError(t, err)
	require.Equal(t, "https://real.example.com", untouched.BaseURL)
	secret, err := source.Secret(f, "signing")
	require.NoError(t, err)
	require.Equal(t, "dev-whsec", secret.Reveal())
	require.Equal(t, []string{`secret :whsec isn't bound: dev mode uses "dev-whsec"`}, notes)
}

func TestAnUnboundSlotWithoutStandInStaysUnbound(t *testing.T) {
	t.Parallel()
	f := parse(t, slots)
	source, _, err := bindings{dir: t.TempDir()}.lay([]*definition.Flow{f}, nil, "http://127.0.0.1:7232")
	require.NoError(t, err)
	var lacking []string
	for _, p := range source.Check(f) {
		lacking = append(lacking, p.Slot)
	}
	require.Equal(t, []string{"shop", "mail"}, lacking)
}

func TestBindingsBesideAFlowAreFound(t *testing.T) {
	t.Setenv(binding.Variable, "")
	f := parse(t, slots)
	f.File = filepath.Join(t.TempDir(), "slots.edn")
	require.Empty(t, newBindings("", "", []*definition.Flow{f}).user)
	beside := filepath.Join(filepath.Dir(f.File), "bindings.edn")
	require.NoError(t, os.WriteFile(beside, []byte(`{}`), 0o600))
	require.Equal(t, []binding.File{{Path: beside, Slug: "slots"}}, newBindings("", "", []*definition.Flow{f}).user)
	require.Equal(t, []binding.File{{Path: "named.edn"}}, newBindings("", "named.edn", []*definition.Flow{f}).user)
}

func TestNotificationsAreFound(t *testing.T) {
	t.Parallel()
	c := channelsOf(parse(t, slots))
	require.True(t, c.has("shop"), "named in a step")
	require.True(t, c.has("mail"), "named in a template")
	require.False(t, c.has("real"))
	computed := channelsOf(parse(t, `{:slug :c :concurrency {:type :singleton :on-new-version :drain}
 :requires [{:slot :a :type :http-api :base-url "https://a.example.com" :auth {:type :none}}]
 :flow '(let [slot :a] (flow/step :notify :tell {:channels {:http {:connection slot :path "/" :method :post :json {}}}}))}`))
	require.True(t, computed.has("anything"))
}
