package autogen

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// misnamed tells of rows that name a table which the operations rename: GORM
// finds the children of a polymorphic relation by the name of their parents'
// table. They are the user's to change, since raw SQL in a revision has its
// price: only a database can tell what it makes.
func (s *states) misnamed(up op.List) []string {
	var list []string
	for _, r := range renamedTables(up) {
		for _, p := range s.hints.Polymorphic {
			if p.Owner == r.To {
				update := fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s = %s", p.Table, p.Column, sqlText(r.To), p.Column, sqlText(r.From))
				list = append(list, fmt.Sprintf("rows of table %q name the table %q in column %q, and GORM will look for %q there; add op.Exec{SQL: %q} to Up, and the reverse to Down",
					p.Table, r.From, p.Column, r.To, update))
			}
		}
	}
	return list
}

func sqlText(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// renamedTables returns the names of tables before and after all operations.
func renamedTables(up op.List) []op.RenameTable {
	var list []op.RenameTable
next:
	for _, o := range up {
		r, ok := o.(op.RenameTable)
		if !ok {
			continue
		}
		for i := range list {
			if list[i].To == r.From {
				list[i].To = r.To
				continue next
			}
		}
		list = append(list, r)
	}
	return list
}
