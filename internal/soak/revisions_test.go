package soak

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// length is how many revisions there are.
const length = 20

// effect is what each data step leaves: a row by its name, which may be there
// twice, and one more in the counter.
func effect(name string) string {
	return "INSERT INTO effects (name) VALUES ('" + name + "'); UPDATE counters SET n = n + 1"
}

// do is the same from Go, with a transaction of its own.
func do(name string) migrate.DoStep {
	return migrate.Do(name, func(_ context.Context, tx *gorm.DB) error {
		if err := tx.Exec("INSERT INTO effects (name) VALUES (?)", name).Error; err != nil {
			return err
		}
		return tx.Transaction(func(tx *gorm.DB) error {
			return tx.Exec("UPDATE counters SET n = n + 1").Error
		})
	})
}

// revisions are a history in which every kind of step comes several times:
// tables, alone and in a row, columns, indexes, keys, statements of the user's, Go, and revisions
// without a transaction. names are the effects that it has.
func revisions() (list op.Revisions, names []string) {
	data := func(name string) op.Exec {
		names = append(names, name)
		return op.Exec{SQL: effect(name)}
	}
	goStep := func(name string) op.Operation {
		names = append(names, name)
		return do(name)
	}
	number := op.Column{Name: "n", Type: op.Int(64), NotNull: true}
	for i := range length {
		id := fmt.Sprintf("r%02d", i)
		r := op.Revision{ID: id, Message: "revision " + id}
		if i > 0 {
			r.Parents = []string{fmt.Sprintf("r%02d", i-1)}
		}
		table, last := fmt.Sprintf("t%d", i), fmt.Sprintf("t%d", i-i%5)
		switch {
		case i == 0:
			r.Up = op.List{
				op.CreateTable{Name: "effects", Columns: []op.Column{{Name: "name", Type: op.String(40), NotNull: true}}},
				op.CreateTable{Name: "counters", Columns: []op.Column{number}},
				op.Exec{SQL: "INSERT INTO counters (n) VALUES (0)"},
				op.CreateTable{Name: table, Columns: []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}, number}, PrimaryKey: op.Columns("id")},
				data(id + " first"),
			}
		case i%5 == 0:
			r.Up = op.List{
				op.CreateTable{Name: table, Columns: []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}, number}, PrimaryKey: op.Columns("id")},
				data(id + " one"),
				op.Exec{SQL: "INSERT INTO " + table + " (n) VALUES (1), (2), (3)"},
				goStep(id + " two"),
			}
		case i%5 == 1:
			r.Up = op.List{
				op.AddColumn{Table: last, Column: op.Column{Name: "title", Type: op.String(100)}},
				data(id + " fill"),
				op.AlterColumn{Table: last, From: op.Column{Name: "title", Type: op.String(100)}, To: op.Column{Name: "title", Type: op.String(200), NotNull: true, Default: op.Literal("")}, Backfill: op.Literal("none")},
				goStep(id + " check"),
			}
		case i%5 == 2:
			r.Up = op.List{goStep(id + " a"), goStep(id + " b"), data(id + " c")}
			// Many tables in a row, of which some go and come again.
			wide := func(j int) op.CreateTable {
				return op.CreateTable{Name: fmt.Sprintf("%s_%d", table, j), Columns: []op.Column{number}}
			}
			for j := range 24 {
				r.Up = append(r.Up, wide(j))
			}
			for j := range 12 {
				r.Up = append(r.Up, op.DropTable{Name: wide(j).Name})
			}
			for j := range 6 {
				r.Up = append(r.Up, wide(j))
			}
		case i%5 == 3:
			r.Up = op.List{
				op.CreateIndex{Table: last, Index: op.Index{Name: "idx_" + last, Columns: op.Columns("title")}},
				data(id + " indexed"),
				op.RenameColumn{Table: last, From: "n", To: "m"},
				op.AddColumn{Table: last, Column: op.Column{Name: "parent", Type: op.Int(64)}},
				op.AddForeignKey{Table: last, ForeignKey: op.ForeignKey{Name: "fk_" + last, Columns: []string{"parent"}, RefTable: last, RefColumns: []string{"id"}}},
			}
		default:
			r.NoTransaction = true
			r.Up = op.List{
				data(id + " before"),
				op.CreateIndex{Table: last, Index: op.Index{Name: "con_" + last, Columns: op.Columns("m")}, Concurrently: true},
				goStep(id + " between"),
				op.RenameTable{From: last, To: last + "_done"},
				data(id + " after"),
			}
		}
		list = append(list, r)
	}
	return list, names
}
