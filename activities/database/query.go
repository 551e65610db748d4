package database

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Limits of an answer, and of what is asked.
const (
	DefaultRows   = 1_000
	MaxRows       = 10_000
	MaxStatements = 100
	MaxSQL        = 64 << 10
)

// Statement is one statement and its parameters: positional ones ($1) or named ones (@name), or none.
type Statement struct {
	SQL   string
	Args  []value.Value
	Named *value.Map
}

// Job is what one attempt of a step asks: its statements run in one transaction, all of them or none.
type Job struct {
	Statements []Statement
	ReadOnly   bool
	Isolation  string // "", "read-committed", "repeatable-read" or "serializable"
	Rows       int    // the most that a statement may give
	Bytes      int    // the most that all of them may give together
	// Once, if not "", is a key under which the job takes effect one time only: its answer is kept in the table weir_once, in the same
	// transaction, and a repeated attempt gets that.
	Once string
}

// ledger is the table of jobs that take effect once; LedgerDDL makes it.
const ledger = "weir_once"

// LedgerDDL makes the table that :once needs. What is in it may be deleted once no run can repeat it: after 30 days.
const LedgerDDL = "create table weir_once (key text primary key, answer text not null, at timestamptz not null default now())"

var isolations = map[string]pgx.TxIsoLevel{
	"": "", "read-committed": pgx.ReadCommitted, "repeatable-read": pgx.RepeatableRead, "serializable": pgx.Serializable,
}

// Run runs a job and gives one answer per statement, as {:rows :row-count}. Errors are faults; none shows a credential.
func (p *Pools) Run(ctx context.Context, address Address, job Job) ([]value.Value, error) {
	pool, err := p.get(address)
	if err != nil {
		return nil, err
	}
	level, ok := isolations[job.Isolation]
	if !ok {
		return nil, fault.New(fault.InvalidConfig, ":isolation can't be %q: there are :read-committed :repeatable-read :serializable", job.Isolation)
	}
	options := pgx.TxOptions{IsoLevel: level}
	if job.ReadOnly {
		options.AccessMode = pgx.ReadOnly
	}
	var answers []value.Value
	err = pgx.BeginTxFunc(ctx, pool, options, func(tx pgx.Tx) error {
		if job.Once != "" {
			before, err := claim(ctx, tx, job.Once)
			if err != nil || before != nil {
				answers = before
				return err
			}
		}
		left := job.Bytes
		answers = nil
		for i, s := range job.Statements {
			answer, err := ask(ctx, tx, s, job.Rows, &left)
			if err != nil {
				return &statementError{i, err}
			}
			answers = append(answers, answer)
		}
		if job.Once != "" {
			return keep(ctx, tx, job.Once, answers)
		}
		return nil
	})
	if err != nil {
		return nil, faultOf(ctx, err, job, address.scrubber())
	}
	return answers, nil
}

// statementError says which statement failed.
type statementError struct {
	index int
	err   error
}

func (e *statementError) Error() string { return e.err.Error() }
func (e *statementError) Unwrap() error { return e.err }

// claim takes a key, or gives the answers of the job that took it. One that is under way elsewhere is waited for.
func claim(ctx context.Context, tx pgx.Tx, key string) ([]value.Value, error) {
	tag, err := tx.Exec(ctx, "insert into "+ledger+" (key, answer) values ($1, '') on conflict (key) do nothing", key)
	if err != nil || tag.RowsAffected() == 1 {
		return nil, err
	}
	var text string
	if err := tx.QueryRow(ctx, "select answer from "+ledger+" where key = $1", key).Scan(&text); err != nil {
		return nil, err
	}
	v, err := wire.Unmarshal([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("read the answer kept in %s: %w", ledger, err)
	}
	var answers []value.Value
	value.Each(nil, v, func(one value.Value) bool { answers = append(answers, one); return true })
	return answers, nil
}

func keep(ctx context.Context, tx pgx.Tx, key string, answers []value.Value) error {
	text, err := wire.Marshal(value.NewVector(answers...))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "update "+ledger+" set answer = $2 where key = $1", key, string(text))
	return err
}

// ask runs one statement.
func ask(ctx context.Context, tx pgx.Tx, s Statement, most int, left *int) (value.Value, error) {
	args, err := s.args()
	if err != nil {
		return value.Nil, err
	}
	// JSON keeps its integers as text; so does everything that no type is known for.
	formats := pgx.QueryResultFormatsByOID{pgtype.JSONOID: pgx.TextFormatCode, pgtype.JSONBOID: pgx.TextFormatCode}
	rows, err := tx.Query(ctx, s.SQL, append([]any{formats}, args...)...)
	if err != nil {
		return value.Nil, err
	}
	defer rows.Close()
	var names []value.Value
	var out []value.Value
	for rows.Next() {
		if len(out) == most {
			return value.Nil, fault.New(CodeTooManyRows, "the statement gives more than %d rows", most).
				Hinted("ask for fewer with limit, or allow up to 10000 with :max-rows")
		}
		if names == nil {
			if names, err = columns(rows); err != nil {
				return value.Nil, err
			}
		}
		for _, raw := range rows.RawValues() {
			*left -= len(raw)
		}
		if *left < 0 {
			return value.Nil, fault.New(fault.TooLarge, "the rows have more bytes than a step's value may have").
				Hinted("ask for fewer rows or columns, or keep them with :persist {:type :blob}")
		}
		row, err := readRow(rows, names)
		if err != nil {
			return value.Nil, err
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		return value.Nil, err
	}
	count := rows.CommandTag().RowsAffected()
	return value.NewMap(value.Kw("rows"), value.NewVector(out...), value.Kw("row-count"), value.Int(count)), nil
}

// columns are the names of an answer's columns, which have to differ.
func columns(rows pgx.Rows) ([]value.Value, error) {
	var names []value.Value
	seen := map[string]bool{}
	for _, f := range rows.FieldDescriptions() {
		if seen[f.Name] {
			return nil, fault.New(CodeQuery, "two columns are called %q", f.Name).Hinted("name one of them otherwise: select a.id, b.id as b_id")
		}
		seen[f.Name] = true
		names = append(names, value.Kw(f.Name))
	}
	return names, nil
}

func readRow(rows pgx.Rows, names []value.Value) (value.Value, error) {
	values, err := rows.Values()
	if err != nil {
		return value.Nil, fmt.Errorf("read a row: %w", err)
	}
	pairs := make([]value.Value, 0, 2*len(names))
	for i, f := range rows.FieldDescriptions() {
		raw := rows.RawValues()[i]
		var v value.Value
		if raw != nil && (f.DataTypeOID == pgtype.JSONOID || f.DataTypeOID == pgtype.JSONBOID) {
			v, err = wire.FromJSON(json.RawMessage(raw), wire.JSONLimits{})
		} else {
			var known bool
			_, isArray := values[i].([]any)
			if v, known = fromColumn(values[i], f.DataTypeOID); !known || isArray && bytes.HasPrefix(raw, []byte("{{")) { // pgx flattens those
				v = value.String(string(raw)) // every column but JSON's comes as text
			}
		}
		if err != nil {
			return value.Nil, fault.New(CodeData, "column %q: %v", f.Name, err)
		}
		pairs = append(pairs, names[i], v)
	}
	return value.NewMap(pairs...), nil
}

// args are the parameters as pgx takes them.
func (s Statement) args() ([]any, error) {
	if s.Named != nil {
		named := pgx.NamedArgs{}
		var problem error
		s.Named.Each(func(k, v value.Value) bool {
			arg, err := toArg(v)
			if err != nil {
				problem = errors.Join(problem, fault.New(fault.InvalidConfig, "parameter %s: %v", value.PrStr(nil, k), err))
			}
			named[nameOf(k)] = arg
			return true
		})
		return []any{pgx.StrictNamedArgs(named)}, problem
	}
	out := make([]any, len(s.Args))
	for i, v := range s.Args {
		arg, err := toArg(v)
		if err != nil {
			return nil, fault.New(fault.InvalidConfig, "parameter $%d: %v", i+1, err)
		}
		out[i] = arg
	}
	return out, nil
}

func nameOf(k value.Value) string {
	if kw, ok := k.AsKeyword(); ok {
		return kw.Name
	}
	s, _ := k.AsString()
	return s
}
