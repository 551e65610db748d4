//go:build !slim && postgres

package e2e_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/database"
	"github.com/weir-run/weir/worker"
)

// TestDatabase kills the worker of a run that pays, at every point that the run passes through: it pays once each time.
func TestDatabase(t *testing.T) {
	url := os.Getenv("WEIR_TEST_POSTGRES_URL")
	require.NotEmpty(t, url)
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	_, err = conn.Exec(t.Context(), "drop table if exists e2e_payments, weir_once; create table e2e_payments (run int, cents int); "+database.LedgerDDL)
	require.NoError(t, err)
	w := newWorld(t)
	text, err := os.ReadFile(w.places.Bindings)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(w.places.Bindings, append(text[:len(text)-1], fmt.Sprintf(" :db {:url %q}}", url)...), 0o600))
	w.deploy(t, `{:slug :paying :concurrency {:type :keyed :key-field :n} :requires [{:slot :db :type :database}]
 :templates [{:id :paid :type :db-query :sql "select count(*) as n from e2e_payments where run = @run"}]
 :flow '(let [n (:n (flow/input))
              paid (flow/step :db :pay {:connection :db :once true :sql "insert into e2e_payments values ($1, 500) returning cents" :params [n]
                                        :retry {:max-attempts 5 :backoff-ms 50}})
              seen (flow/step :db :look {:connection :db :read-only true :template :paid :params {:run n}})
              bad  (try (flow/step :db :bad {:connection :db :statements [{:sql "delete from e2e_payments where run = $1" :params [n]} {:sql "select 1/0"}] :retry {:max-attempts 3 :backoff-ms 50}})
                     (catch :default e (:code (ex-data e))))]
          [(:cents (first (:rows paid))) (:n (first (:rows seen))) bad])}`)
	survives := func(t *testing.T, n int) {
		starter := w.start(worker.StarterOptions{TaskQueue: fmt.Sprint("pay-", n)})
		s, err := starter.Start(t.Context(), worker.StartRequest{Slug: "paying", Input: edn(t, fmt.Sprint("{:n ", n, "}"))})
		require.NoError(t, err)
		require.JSONEq(t, `[500,1,"db-data"]`, w.result(t, s.WorkflowID, s.RunID))
	}
	stop, _ := w.doomed(t, "pay-0", 0)
	survives(t, 0)
	points := stop()
	require.Greater(t, len(points), 6)
	for i, point := range points {
		t.Run(point, func(t *testing.T) {
			t.Parallel()
			_, dead := w.doomed(t, fmt.Sprint("pay-", i+1), int64(i+1))
			go func() {
				<-dead
				if t.Context().Err() == nil {
					w.process(t, fmt.Sprint("pay-", i+1))
				}
			}()
			survives(t, i+1)
		})
	}
}
