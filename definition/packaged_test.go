package definition_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
)

const packagedSteps = `:requires [{:slot :shop :type :http-api}]
 :steps [{:id :shop/order :type :http :description "Fetches an order"
          :defaults {:connection :shop :method :get :query {:expand "lines" :limit 10} :retry {:max-attempts 5}}}
         {:id :shop/sum :type :function :defaults {:code '(fn [{:keys [xs]}] (reduce + 0 xs))}}
         {:id :shop/now :type :time}]`

// TestPackagedStepsAreCalledAsTheirTypes holds calls of packaged steps and what the host is asked.
func TestPackagedStepsAreCalledAsTheirTypes(t *testing.T) {
	t.Parallel()
	const retry = ` :retry {:max-attempts 5}`
	for form, want := range map[string]string{
		`(flow/step :shop/order {:path "/1"})`:                                    `http shop/order {:path "/1", :connection :shop, :method :get, :query {:expand "lines", :limit 10},` + retry + `}`,
		`(flow/step :shop/order :first {:path "/1"})`:                             `http first {:path "/1", :connection :shop, :method :get, :query {:expand "lines", :limit 10},` + retry + `}`,
		`(flow/step :shop/order)`:                                                 `http shop/order {:connection :shop, :method :get, :query {:expand "lines", :limit 10},` + retry + `}`,
		`(flow/step :shop/order :first)`:                                          `http first {:connection :shop, :method :get, :query {:expand "lines", :limit 10},` + retry + `}`,
		`(flow/step :shop/order nil)`:                                             `http shop/order {:connection :shop, :method :get, :query {:expand "lines", :limit 10},` + retry + `}`,
		`(flow/step :shop/order {:method :head :query {:limit (+ 1 1) :page 2}})`: `http shop/order {:method :head, :query {:limit 2, :page 2, :expand "lines"}, :connection :shop,` + retry + `}`,
		`(flow/step :shop/order {:query nil :retry nil})`:                         `http shop/order {:query nil, :retry nil, :connection :shop, :method :get}`,
		// What only the run knows is put together there.
		`(let [c {:query {:limit 2} :path "/1"}] (flow/step :shop/order c))`:        `http shop/order {:query {:limit 2, :expand "lines"}, :path "/1", :connection :shop, :method :get,` + retry + `}`,
		`(let [q {:limit 2}] (flow/step :shop/order {:query q}))`:                   `http shop/order {:query {:limit 2, :expand "lines"}, :connection :shop, :method :get,` + retry + `}`,
		`(let [k :method] (flow/step :shop/order {k :put}))`:                        `http shop/order {:method :put, :connection :shop, :query {:expand "lines", :limit 10},` + retry + `}`,
		`(let [str 1 c {:path str}] (flow/step :shop/order (select-keys c [])))`:    `http shop/order {:connection :shop, :method :get, :query {:expand "lines", :limit 10},` + retry + `}`,
		`(-> (flow/step :shop/order {:query {:limit 1 :expand ""} :retry {}}) :id)`: `http shop/order {:query {:limit 1, :expand ""}, :retry {:max-attempts 5}, :connection :shop, :method :get}`,
		`(flow/step :shop/sum {:input {:xs [1 2]}})`:                                `function shop/sum {:input {:xs [1 2]}, :code (fn [{:keys [xs]}] (reduce + 0 xs))}`,
		`(flow/step :shop/now)`:          `time shop/now {}`,
		`(count '(flow/step :shop/now))`: ``,
	} {
		f, problems := definition.Parse("f.edn", []byte(flowOf(form)))
		require.False(t, problems.HasErrors(), "%s: %v", form, problems)
		h := &fakeHost{}
		th := value.NewThread(value.Limits{})
		th.Host = h
		_, err := f.Program.Run(th)
		require.NoError(t, err, form)
		if want == "" {
			require.Empty(t, h.asked, form)
			continue
		}
		require.Equal(t, []string{want}, h.asked, form)
	}
}

func flowOf(form string) string {
	return `{:slug :f :concurrency {:type :singleton} ` + packagedSteps + ` :flow '` + form + `}`
}

// TestPackagedStepsAreSteps: what looks at a flow's steps finds them under their own ids.
func TestPackagedStepsAreSteps(t *testing.T) {
	t.Parallel()
	f, problems := definition.Parse("f.edn", []byte(flowOf(`[(flow/step :shop/order {:path "/1"}) (flow/step :shop/now :now)]`)))
	require.False(t, problems.HasErrors(), problems.Error())
	require.Len(t, f.Steps, 2)
	require.Equal(t, []string{"http", "shop/order", "time", "now"}, []string{f.Steps[0].Type, f.Steps[0].ID, f.Steps[1].Type, f.Steps[1].ID})
	text, at := f.BodySource()
	require.Equal(t, `[(flow/step :shop/order {:path "/1"}) (flow/step :shop/now :now)]`, string(text))
	require.Equal(t, f.Body.Pos, at)
	drawn := definition.Graph(f).Mermaid()
	require.Contains(t, drawn, "shop/order")
	require.Contains(t, drawn, "http GET shop")
}
