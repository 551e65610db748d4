//go:build postgres

package database

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/value"
)

// urlVariable names the PostgreSQL to test with: WEIR_TEST_POSTGRES_URL, which .ci/run starts.
const urlVariable = "WEIR_TEST_POSTGRES_URL"

// open gives pools, the address of a database whose search path is a schema of the test's own, and a connection to look with.
func open(t *testing.T) (*Pools, Address, *pgx.Conn) {
	t.Helper()
	url := os.Getenv(urlVariable)
	require.NotEmpty(t, url, "%s must be set", urlVariable)
	name := "t_" + strings.ToLower(strings.NewReplacer("/", "_", "'", "").Replace(t.Name()))
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	_, err = conn.Exec(t.Context(), fmt.Sprintf("drop schema if exists %s cascade; create schema %s; set search_path = %s", name, name, name))
	require.NoError(t, err)
	join := "?"
	if strings.Contains(url, "?") {
		join = "&"
	}
	p := &Pools{}
	t.Cleanup(p.Close)
	return p, Address{Slot: "db", URL: binding.NewSecret(url + join + "search_path=" + name)}, conn
}

func job(s ...Statement) Job { return Job{Statements: s, Rows: DefaultRows, Bytes: 1 << 20} }

func sql(text string, args ...string) Statement { return Statement{SQL: text, Args: values(args)} }

func values(texts []string) (out []value.Value) {
	for _, text := range texts {
		out = append(out, mustRead(text))
	}
	return out
}

func fails(t *testing.T, err error, code string, retry bool) *fault.Error {
	t.Helper()
	var f *fault.Error
	require.ErrorAs(t, err, &f)
	require.Equal(t, code, f.Code, f.Message)
	require.Equal(t, retry, f.Retry, f.Message)
	return f
}

func TestTypesBothWays(t *testing.T) {
	t.Parallel()
	p, a, _ := open(t)
	for _, c := range []struct{ expr, param, want string }{
		{"$1::int4", "7", "7"}, {"$1::int8", "9007199254740993", "9007199254740993"}, {"$1::numeric", "12.340M", "12.340M"}, {"$1::numeric", "99999999999999999999", "99999999999999999999M"},
		{"$1::numeric", "3", "3M"}, {"$1::float8", "1.5", "1.5"}, {"$1::float8", "2", "2.0"}, {"$1::bool", "true", "true"}, {"$1::text", `"né"`, `"né"`}, {"$1::text", ":open", `"open"`},
		{"$1::uuid", `"00010203-0405-0607-0809-0a0b0c0d0e0f"`, `"00010203-0405-0607-0809-0a0b0c0d0e0f"`}, {"$1::jsonb", `{:a [1 9007199254740993 nil {:b 1.5}]}`, `{:a [1 9007199254740993 nil {:b 1.5}]}`},
		{"$1::json", `{:a 1}`, `{:a 1}`}, {"$1::timestamptz", `#inst "2026-01-02T03:04:05.006Z"`, `#inst "2026-01-02T03:04:05.006-00:00"`}, {"$1::date", `"2026-01-02"`, `"2026-01-02"`},
		{"$1::timestamp", `"2026-01-02 03:04:05"`, `"2026-01-02T03:04:05"`}, {"$1::interval", `"1 day 02:00:00"`, `"1 day 02:00:00"`}, {"$1::time", `"10:00:00"`, `"10:00:00.000000"`}, {"$1::int4[]", "[1 2 nil]", "[1 2 nil]"}, {"$1::text[]", `["a" :b]`, `["a" "b"]`},
		{"$1::text[]", "[]", "[]"}, {"$1::inet", `"10.0.0.1"`, `"10.0.0.1"`}, {"$1::text", "nil", "nil"}, {"'\\x6869'::bytea", "", `"aGk="`}, {"'nan'::float8", "", `"NaN"`}, {"null::int", "", "nil"},
		{"'[1,5)'::int4range", "", `"[1,5)"`}, {"array[[1,2],[3,4]]", "", `"{{1,2},{3,4}}"`}, {"'1.5'::money::text", "", `"$1.50"`}, {"'infinity'::timestamptz", "", `"infinity"`}, {"array['2026-01-02T00:00:00Z'::timestamptz]", "", `[#inst "2026-01-02T00:00:00.000-00:00"]`},
	} {
		s := sql("select " + c.expr + " as v")
		if c.param != "" {
			s = sql("select "+c.expr+" as v", c.param)
		}
		got, err := p.Run(t.Context(), a, job(s))
		require.NoError(t, err, c.expr+" "+c.param)
		require.Equal(t, "{:rows [{:v "+c.want+"}], :row-count 1}", value.PrStr(nil, got[0]), c.expr+" "+c.param)
	}
}

func TestStatements(t *testing.T) {
	t.Parallel()
	p, a, conn := open(t)
	_, err := conn.Exec(t.Context(), "create table orders (id int primary key, state text not null check (state <> 'bad'), total numeric)")
	require.NoError(t, err)
	got, err := p.Run(t.Context(), a, job(
		sql("insert into orders values ($1, $2, $3)", "1", ":open", "12.50M"),
		Statement{SQL: "insert into orders values (@id, @state, @total) returning id", Named: mustMap(`{:id 2 :state "open" :total nil}`)},
		sql("update orders set state = 'paid'"),
		sql("select id, state, total from orders order by id"),
	))
	require.NoError(t, err)
	require.Equal(t, `[{:rows [], :row-count 1} {:rows [{:id 2}], :row-count 1} {:rows [], :row-count 2} {:rows [{:id 1, :state "paid", :total 12.50M} {:id 2, :state "paid", :total nil}], :row-count 2}]`,
		value.PrStr(nil, value.NewVector(got...)))

	// What isn't SQL in a value never is: it stays a value.
	got, err = p.Run(t.Context(), a, job(sql("select count(*) as n from orders where state = $1", `"paid' or '1'='1"`)))
	require.NoError(t, err)
	require.Equal(t, `{:rows [{:n 0}], :row-count 1}`, value.PrStr(nil, got[0]))

	// All or none.
	_, err = p.Run(t.Context(), a, job(sql("delete from orders"), sql("insert into orders values (3, 'bad', 1)")))
	f := fails(t, err, CodeConstraint, false)
	require.Equal(t, `{:sqlstate "23514", :constraint "orders_state_check", :table "orders", :statement 1}`, value.PrStr(nil, f.Data))
	var n int
	require.NoError(t, conn.QueryRow(t.Context(), "select count(*) from orders").Scan(&n))
	require.Equal(t, 2, n)
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	p, a, conn := open(t)
	_, err := conn.Exec(t.Context(), "create table k (id int primary key)")
	require.NoError(t, err)
	for text, c := range map[string]struct {
		job   Job
		code  string
		retry bool
		says  string
	}{
		"syntax":            {job(sql("selct 1")), CodeQuery, false, `syntax error at or near "selct" (at: selct 1)`},
		"table":             {job(sql("select * from nothing")), CodeQuery, false, "(at: nothing)"},
		"several":           {job(sql("select 1; select 2")), CodeQuery, false, ":statements"},
		"twice":             {job(sql("select 1 as a, 2 as a")), CodeQuery, false, "b_id"},
		"number":            {job(sql("select $1::int", `"x"`)), CodeData, false, "invalid input"},
		"division":          {job(sql("select 1/0")), CodeData, false, "division by zero"},
		"parameter missing": {job(sql("select $1::int")), fault.InvalidConfig, false, "expected 1 arguments, got 0"},
		"name missing":      {job(Statement{SQL: "select @a::int", Named: mustMap("{:b 1}")}), fault.InvalidConfig, false, ""},
		"too many rows":     {Job{Statements: []Statement{sql("select generate_series(1, 11)")}, Rows: 10, Bytes: 1 << 20}, CodeTooManyRows, false, "more than 10 rows"},
		"too many bytes":    {Job{Statements: []Statement{sql("select repeat('x', 1001)")}, Rows: 10, Bytes: 1000}, fault.TooLarge, false, ":persist"},
		"a write":           {Job{Statements: []Statement{sql("insert into k values (1)")}, ReadOnly: true, Rows: 1, Bytes: 1}, CodeDenied, false, ":read-only"},
		"no ledger":         {Job{Statements: []Statement{sql("select 1")}, Once: "k", Rows: 1, Bytes: 9}, CodeQuery, false, LedgerDDL},
		"isolation":         {Job{Statements: []Statement{sql("select 1")}, Isolation: "chaos"}, fault.InvalidConfig, false, ":serializable"},
	} {
		_, err := p.Run(t.Context(), a, c.job)
		f := fails(t, err, c.code, c.retry)
		require.Contains(t, f.Error(), c.says, text)
	}
	// At the edges.
	_, err = p.Run(t.Context(), a, Job{Statements: []Statement{sql("select generate_series(1, 10)")}, Rows: 10, Bytes: 1 << 20})
	require.NoError(t, err)
	_, err = p.Run(t.Context(), a, Job{Statements: []Statement{sql("select repeat('x', 1000)")}, Rows: 10, Bytes: 1000})
	require.NoError(t, err)
}

func TestTimeAndConnections(t *testing.T) {
	t.Parallel()
	p, a, conn := open(t)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err := p.Run(ctx, a, job(sql("select pg_sleep(60)")))
	fails(t, err, CodeTimeout, true)
	require.Eventually(t, func() bool {
		var n int
		err := conn.QueryRow(t.Context(), "select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()").Scan(&n)
		return err == nil && n == 0
	}, 20*time.Second, 50*time.Millisecond, "the statement was ended on the server, too")

	_, err = p.Run(t.Context(), Address{Slot: "nowhere", URL: binding.NewSecret("postgres://u:hidden-password-7@127.0.0.1:1/x")}, job(sql("select 1")))
	require.NotContains(t, fails(t, err, CodeUnavailable, true).Error(), "hidden-password-7")
	_, err = p.Run(t.Context(), Address{Slot: "nonsense", URL: binding.NewSecret("mysql://hidden-password-7@x")}, job(sql("select 1")))
	require.NotContains(t, fails(t, err, fault.SlotUnbound, false).Error(), "hidden-password-7")

	// A connection that the server ended is replaced.
	_, err = p.Run(t.Context(), a, job(sql("select pg_backend_pid()")))
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'weir' and pid <> pg_backend_pid()")
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		_, err := p.Run(t.Context(), a, job(sql("select 1")))
		return err == nil
	}, 10*time.Second, 20*time.Millisecond)
}

func TestConflicts(t *testing.T) {
	t.Parallel()
	p, a, conn := open(t)
	_, err := conn.Exec(t.Context(), "create table counters (id int primary key, n int); insert into counters values (1, 0)")
	require.NoError(t, err)
	increase := Job{Isolation: "serializable", Rows: 1, Bytes: 100, Statements: []Statement{
		sql("select n, pg_sleep(0.05) from counters where id = 1"), sql("update counters set n = n + 1 where id = 1"),
	}}
	var done, conflicts int
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			_, err := p.Run(t.Context(), a, increase)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				done++
				return
			}
			conflicts++
			fails(t, err, CodeConflict, true)
		})
	}
	all.Wait()
	var n int
	require.NoError(t, conn.QueryRow(t.Context(), "select n from counters").Scan(&n))
	require.Equal(t, done, n)
	require.Positive(t, conflicts)
}

// TestOnce runs one job again and again, side by side too, as attempts do whose worker died after the commit: it takes effect one time,
// and every attempt has the same answer.
func TestOnce(t *testing.T) {
	t.Parallel()
	p, a, conn := open(t)
	_, err := conn.Exec(t.Context(), LedgerDDL+"; create table payments (id bigint generated always as identity, cents int)")
	require.NoError(t, err)
	pay := Job{Once: "run-1/pay", Rows: 10, Bytes: 1000, Statements: []Statement{sql("insert into payments (cents) values ($1) returning id, cents, 1.50::numeric as fee", "500")}}
	var mu sync.Mutex
	answers := map[string]int{}
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			got, err := p.Run(t.Context(), a, pay)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				answers[value.PrStr(nil, got[0])]++
			} else {
				answers[err.Error()]++
			}
		})
	}
	all.Wait()
	require.Equal(t, map[string]int{"{:rows [{:id 1, :cents 500, :fee 1.50M}], :row-count 1}": 10}, answers)

	// One that failed may run again.
	broken := Job{Once: "run-1/other", Rows: 10, Bytes: 1000, Statements: []Statement{sql("insert into payments (cents) values (1)"), sql("select 1/0")}}
	_, err = p.Run(t.Context(), a, broken)
	fails(t, err, CodeData, false)
	broken.Statements = broken.Statements[:1]
	_, err = p.Run(t.Context(), a, broken)
	require.NoError(t, err)
	var n int
	require.NoError(t, conn.QueryRow(t.Context(), "select count(*) from payments").Scan(&n))
	require.Equal(t, 2, n)
}

func mustMap(text string) *value.Map {
	m, _ := mustRead(text).AsMap()
	return m
}
