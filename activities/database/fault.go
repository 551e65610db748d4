package database

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/value"
)

// Codes of what the database refuses. They are a contract with flows.
const (
	CodeQuery       = "db-query"       // the statement is wrong: SQLSTATE 42...
	CodeData        = "db-data"        // a value doesn't fit: 22...
	CodeConstraint  = "db-constraint"  // a constraint forbids it: 23...
	CodeConflict    = "db-conflict"    // another transaction was faster: 40...; another attempt may succeed
	CodeDenied      = "db-denied"      // not allowed: 28..., 42501, and writes of a :read-only step
	CodeTimeout     = "db-timeout"     // it took too long
	CodeUnavailable = "db-unavailable" // no connection; another attempt may succeed
	CodeTooManyRows = "db-too-many-rows"
	CodeFailed      = "db-failed" // anything else that the database says
)

// faultOf puts an error into a step's terms. What the database says of values stays out of the message: details quote them.
func faultOf(ctx context.Context, err error, job Job, scrub binding.Scrubber) error {
	var own *fault.Error
	var said *pgconn.PgError
	var at *statementError
	if errors.As(err, &own) {
		return own
	}
	if !errors.As(err, &said) {
		if ctx.Err() != nil {
			return &fault.Error{Code: CodeTimeout, Message: "the database didn't answer in time", Retry: true}
		}
		if errors.As(err, &at) && !pgconn.SafeToRetry(err) && !isNetwork(err) {
			return fault.New(fault.InvalidConfig, "%s", scrub.Text(at.Error())) // a parameter that pgx can't send, or one that is missing
		}
		return &fault.Error{Code: CodeUnavailable, Message: "the database can't be reached: " + scrub.Text(err.Error()), Retry: true}
	}
	f := &fault.Error{Code: codeOf(said), Message: scrub.Text(said.Message)}
	f.Retry = f.Code == CodeConflict || f.Code == CodeUnavailable || f.Code == CodeTimeout
	pairs := []value.Value{value.Kw("sqlstate"), value.String(said.Code)}
	for _, part := range []struct{ name, text string }{
		{"constraint", said.ConstraintName}, {"table", said.TableName}, {"column", said.ColumnName},
	} {
		if part.text != "" {
			pairs = append(pairs, value.Kw(part.name), value.String(part.text))
		}
	}
	if errors.As(err, &at) {
		pairs = append(pairs, value.Kw("statement"), value.Int(int64(at.index)))
		f.Message += place(job.Statements[at.index].SQL, int(said.Position))
	}
	f.Data = value.NewMap(pairs...)
	switch {
	case said.Code == "42P01" && strings.Contains(said.Message, ledger):
		f.Hint = ":once needs a table: " + LedgerDDL
	case said.Code == "42601" && strings.Contains(said.Message, "multiple commands"):
		f.Hint = "write each statement under :statements, which run in one transaction"
	case said.Code == "25006":
		f.Hint = "the step is :read-only"
	case said.Hint != "":
		f.Hint = scrub.Text(said.Hint)
	}
	return f
}

func codeOf(said *pgconn.PgError) string {
	switch said.Code {
	case "42501", "25006":
		return CodeDenied
	case "57014":
		return CodeTimeout
	case "53300":
		return CodeUnavailable
	}
	switch said.Code[:min(2, len(said.Code))] {
	case "42", "26", "34", "3F", "3D":
		return CodeQuery
	case "22", "21":
		return CodeData
	case "23":
		return CodeConstraint
	case "40":
		return CodeConflict
	case "28":
		return CodeDenied
	case "08", "57", "58":
		return CodeUnavailable
	}
	return CodeFailed
}

// isNetwork tells whether the connection failed, and not what was to be sent over it.
func isNetwork(err error) bool {
	var timeout interface{ Timeout() bool }
	var connect *pgconn.ConnectError
	return errors.As(err, &timeout) || errors.As(err, &connect) || strings.Contains(err.Error(), "unexpected EOF") || strings.Contains(err.Error(), "conn closed")
}

// place says where in the statement's text the mistake is; position counts characters from 1.
func place(sql string, position int) string {
	if position < 1 {
		return ""
	}
	rest := []rune(sql)
	if position > len(rest) {
		return ""
	}
	rest = rest[position-1:]
	return " (at: " + strings.SplitN(string(rest[:min(len(rest), 30)]), "\n", 2)[0] + ")"
}
