package activities

import (
	"context"

	"github.com/weir-run/weir/activities/database"
	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Database asks a PostgreSQL database and returns {:rows :row-count}, or of :statements a vector of those.
func (a *Activities) Database(ctx context.Context, call Call) (wire.V, error) {
	return answered(ctx, call, a.database)
}

func (a *Activities) database(ctx context.Context, call Call) (value.Value, error) {
	config, persist, at, f, err := a.stepOf(ctx, call)
	if err != nil {
		return value.Nil, err
	}
	job, err := jobOf(f, config)
	if err != nil {
		return value.Nil, err
	}
	job.Bytes = maxRowBytes
	if persist.kind == "blob" {
		job.Bytes = store.MaxRetainedBytes
	}
	if config.GetKw("once").Truthy() {
		job.Once = at.idempotencyKey()
	}
	if err := a.mayReachOutside(ctx, at); err != nil {
		return value.Nil, err
	}
	slot := textOf(config.GetKw("connection"))
	url, err := a.Bindings.Database(f, slot)
	if err != nil {
		return value.Nil, err
	}
	within, cancel := bounded(ctx)
	defer cancel()
	answers, err := a.databases.Run(within, database.Address{Slot: slot, URL: url}, job)
	if err != nil {
		return value.Nil, err
	}
	result := value.NewVector(answers...)
	if config.GetKw("statements").IsNil() {
		result = answers[0]
	}
	return a.keep(ctx, persist, at, result)
}

// maxRowBytes bounds the rows of a step that doesn't keep them in a blob: about what its value may have.
const maxRowBytes = 1 << 20

// jobOf reads the fields of a :db step.
func jobOf(f *definition.Flow, config *value.Map) (database.Job, error) {
	job := database.Job{ReadOnly: config.GetKw("read-only").Truthy(), Isolation: textOf(config.GetKw("isolation"))}
	rows, err := wholeNumber(config, "max-rows", database.DefaultRows)
	if err != nil {
		return job, err
	}
	if rows < 1 || rows > database.MaxRows {
		return job, fault.New(fault.InvalidConfig, ":max-rows must be between 1 and %d", database.MaxRows)
	}
	job.Rows = int(rows)
	many := config.GetKw("statements")
	if many.IsNil() {
		s, err := statementOf(f, config)
		job.Statements = []database.Statement{s}
		return job, err
	}
	var problem error
	value.Each(nil, many, func(one value.Value) bool {
		m, ok := one.AsMap()
		if !ok {
			problem = fault.New(fault.InvalidConfig, "a statement must be a map like {:sql \"...\" :params [...]}, not a %s", value.KindName(one))
			return false
		}
		var s database.Statement
		if s, problem = statementOf(f, m); problem == nil {
			job.Statements = append(job.Statements, s)
		}
		return problem == nil
	})
	if problem == nil && (len(job.Statements) == 0 || len(job.Statements) > database.MaxStatements) {
		problem = fault.New(fault.InvalidConfig, ":statements takes 1 to %d statements", database.MaxStatements)
	}
	return job, problem
}

// statementOf reads :sql or :template, and :params.
func statementOf(f *definition.Flow, m *value.Map) (database.Statement, error) {
	var s database.Statement
	if id := m.GetKw("template"); !id.IsNil() {
		t, ok := f.Templates[textOf(id)]
		if !ok || t.Type != definition.DBQuery {
			return s, fault.New(fault.InvalidConfig, "there is no template :%s of type :db-query", textOf(id))
		}
		s.SQL = t.SQL
	} else if s.SQL, _ = m.GetKw("sql").AsString(); s.SQL == "" {
		return s, fault.New(fault.InvalidConfig, "a :db step needs :sql, a text")
	}
	if len(s.SQL) > database.MaxSQL {
		return s, fault.New(fault.InvalidConfig, ":sql has %d bytes, and %d is the most", len(s.SQL), database.MaxSQL)
	}
	params := m.GetKw("params")
	if named, ok := params.AsMap(); ok {
		s.Named = named
		return s, nil
	}
	switch params.Kind() {
	case value.KindNil:
	case value.KindVector, value.KindList, value.KindSeq:
		value.Each(nil, params, func(v value.Value) bool { s.Args = append(s.Args, v); return true })
	default:
		return s, fault.New(fault.InvalidConfig, ":params must be a vector for $1, $2 or a map for @name, not a %s", value.KindName(params))
	}
	return s, nil
}
