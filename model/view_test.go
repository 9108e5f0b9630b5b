package model_test

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
)

func TestViews(t *testing.T) {
	type Order struct{ ID uint }
	s := load(t, open(t), op.View{Name: "z", SQL: "SELECT 1"}, &Order{}, &op.View{Name: "a", SQL: "\n\tSELECT id FROM orders ; \n"}, op.View{Name: "z", SQL: "SELECT 1;"})
	same(t, []op.View{{Name: "a", SQL: "SELECT id FROM orders"}, {Name: "z", SQL: "SELECT 1"}}, s.Views)
	hints, err := (model.Loader{DB: open(t)}).Hints(op.View{Name: "z", SQL: "SELECT 1"}, &Order{})
	if err != nil || len(hints.Renames) > 0 {
		t.Errorf("hints %v, %v", hints, err)
	}
}

func TestViewErrors(t *testing.T) {
	type Order struct{ ID uint }
	for _, test := range []struct {
		models []any
		want   string
	}{
		{[]any{op.View{SQL: "SELECT 1"}}, "a view has no name (SELECT 1)"},
		{[]any{op.View{Name: "v", SQL: " ; "}}, `view "v" has no query`},
		{[]any{op.View{Name: "v", SQL: "create view v as select 1"}}, `view "v": the query begins with CREATE`},
		{[]any{(*op.View)(nil)}, "a nil *op.View"},
		{[]any{op.View{Name: "v", SQL: "SELECT 1"}, op.View{Name: "v", SQL: "SELECT 2"}}, `view "v" is declared with two queries`},
		{[]any{&Order{}, op.View{Name: "orders", SQL: "SELECT 1"}}, `"orders" is the name of a view and of a model's table`},
		{[]any{&Order{}, op.View{Name: "e", SQL: "SELECT 1"}, op.Enum{Name: "e", Values: []string{"a"}}}, `"e" is the name of a view and of an enum`},
	} {
		_, err := model.Load(open(t), test.models...)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want %s", err, test.want)
		}
	}
}
