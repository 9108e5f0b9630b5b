package mysql

import (
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// planView plans an operation on a view. What accounts may do with it belongs
// to its name here and stays.
func (p planner) planView(o op.Operation) ([]string, error) {
	p.known.forgetViews()
	create := func(verb string, v op.View) ([]string, error) {
		if v.Materialized {
			return nil, fmt.Errorf("creating view %q: %w on %s: materialized views; leave it out of the models for mysql, or make it a plain view", v.Name, ddl.ErrUnsupported, p.server)
		}
		if err := p.checkNames(v.Name, named{"table", v.Name}); err != nil {
			return nil, err
		}
		return []string{verb + " VIEW " + quoteTable(v.Name) + " AS\n" + v.SQL}, nil
	}
	switch o := o.(type) {
	case op.CreateView:
		return create("CREATE", op.View(o))
	case op.AlterView:
		return create("CREATE OR REPLACE", o.To)
	case op.DropView:
		return p.one(o.Name, "DROP VIEW "+quoteTable(o.Name))
	}
	return nil, nil
}
