package autogen

import (
	"context"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// Opinion is what a comparison of the user's own says about a column.
type Opinion int

const (
	// NoOpinion leaves the matter to the comparison by words.
	NoOpinion Opinion = iota
	// Same says that there is nothing to do.
	Same
	// Different says that the column is to be changed.
	Different
)

// A Comparison gives an opinion on a column that both sides have. Live is the
// column in the words of the catalogue, such as op.Raw("character varying(9)"),
// desired what the models ask for.
type Comparison func(table string, live, desired op.Column) Opinion

// settled is a column about which a comparison has said that all is well.
type settled struct {
	table, column string
	// isType says that this is about the type, otherwise about the default.
	isType bool
}

// opinions asks the user's comparisons. Where they say different, the column is
// taken in the words of the catalogue, which are not those of the models.
func (s *states) opinions(ctx context.Context, q ddl.Querier, o Options) error {
	if o.CompareType == nil && o.CompareDefault == nil {
		return nil
	}
	plain, err := s.look(ctx, q, ddl.Inquiry{})
	if err != nil {
		return err
	}
	for i := range s.current.Tables {
		t := &s.current.Tables[i]
		live, want := plain.Schema.Table(t.Name), s.desired.Table(t.Name)
		if live == nil || want == nil {
			continue
		}
		for j := range t.Columns {
			c := &t.Columns[j]
			l, w := live.Column(c.Name), want.Column(c.Name)
			if l == nil || w == nil {
				continue
			}
			switch o.CompareType.opinion(t.Name, *l, *w) {
			case Same:
				s.settled = append(s.settled, settled{t.Name, c.Name, true})
			case Different:
				c.Type = l.Type
			}
			switch o.CompareDefault.opinion(t.Name, *l, *w) {
			case Same:
				s.settled = append(s.settled, settled{t.Name, c.Name, false})
			case Different:
				c.Default = l.Default
			}
		}
	}
	return nil
}

func (f Comparison) opinion(table string, live, desired op.Column) Opinion {
	if f == nil {
		return NoOpinion
	}
	return f(table, live, desired)
}

// settle returns the desired schema with what the comparisons have settled as
// it stands in current.
func (s *states) settle(current, desired op.Schema) op.Schema {
	if len(s.settled) == 0 {
		return desired
	}
	desired = desired.Clone()
	for _, about := range s.settled {
		have, want := current.Table(about.table), desired.Table(about.table)
		if have == nil || want == nil {
			continue
		}
		c, w := have.Column(about.column), want.Column(about.column)
		switch {
		case c == nil || w == nil:
		case about.isType:
			w.Type = c.Type
		default:
			w.Default = c.Default
		}
	}
	return desired
}

// want returns what is desired of a database in a state, after the user's
// comparisons and filters, and what these have left out.
func (s *states) want(current op.Schema) (op.Schema, []diff.Object) {
	return s.filter.apply(current, s.settle(current, s.desired))
}
