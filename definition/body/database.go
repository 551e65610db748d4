package body

import (
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// Bounds of a :db step.
const (
	MaxRows       = 10_000
	MaxStatements = 100
)

func checkDB(c *checker, s *Site) {
	const what = "a :db step"
	m := s.Config
	if m == nil {
		c.Error(s.Node, "missing-field", `add {:connection :slot :sql "select ..."}`, "%s needs :connection", what)
		return
	}
	c.needs(m, what, "connection")
	c.slotOf(m.Get("connection"), "a :connection of a :db step is a slot of type :database", "database")
	if rows := m.Get("max-rows"); rows != nil && schema.Positive.Is(rows) && schema.IntOf(rows) > MaxRows {
		c.Error(rows, "out-of-range", "", ":max-rows must be at most %d", MaxRows)
	}
	c.excludes(m, what, "read-only", "once")
	many := m.Get("statements")
	if many == nil {
		c.statement(m, what)
		return
	}
	for _, other := range []string{"sql", "template", "params"} {
		c.excludes(m, what, "statements", other)
	}
	if many.Kind != syntax.Vector {
		return
	}
	if len(many.Items) == 0 || len(many.Items) > MaxStatements {
		c.Error(many, "out-of-range", "", ":statements takes 1 to %d statements", MaxStatements)
	}
	for _, one := range many.Items {
		if !computed(one) && schema.Check(c.Report, one, "a statement", schema.Map, `write {:sql "..." :params [...]}`) {
			c.fields(one, "a statement", statementFields)
			c.statement(one, "a statement")
		}
	}
}

// statement checks what holds :sql or :template. Values never become part of the SQL: it has to be written out.
func (c *checker) statement(m *syntax.Node, what string) {
	if !c.needsOne(m, what, "sql", "template") {
		return
	}
	c.excludes(m, what, "sql", "template")
	c.template(m.Get("template"), "db-query")
	if sql := m.Get("sql"); sql != nil && !schema.Text.Is(sql) {
		c.Error(sql, "computed-sql", "write the SQL out, and hand values over as :params: $1 for those of a vector, @name for those of a map",
			"the :sql of %s may not be put together", what)
	}
}
