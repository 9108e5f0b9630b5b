package mysql

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// seats makes a table with rows, whose key is referred to.
func seats(t *testing.T) *sql.Conn {
	t.Helper()
	_, conn := open(t)
	exec(t, conn,
		"CREATE TABLE seats (id bigint NOT NULL AUTO_INCREMENT, hall bigint, code varchar(20), twin int NOT NULL DEFAULT 1, PRIMARY KEY (id),"+
			" UNIQUE INDEX u (code), INDEX i (twin), CONSTRAINT k CHECK (twin > 0)) ENGINE=InnoDB",
		"CREATE TABLE tickets (id bigint PRIMARY KEY, seat_id bigint, CONSTRAINT fk_seat FOREIGN KEY (seat_id) REFERENCES seats (id)) ENGINE=InnoDB",
		"INSERT INTO seats (id, hall, code) VALUES (1, 1, 'a'), (2, NULL, NULL), (3, NULL, 'b')",
		"INSERT INTO tickets VALUES (1, 1), (2, 3)")
	return conn
}

func column(name string, t op.Type, notNull, numbered bool) op.Column {
	return op.Column{Name: name, Type: t, NotNull: notNull, AutoIncrement: numbered}
}

func hall(notNull bool) op.Column { return column("hall", op.Int(64), notNull, false) }
func code(notNull bool) op.Column { return column("code", op.String(20), notNull, false) }
func id(numbered bool) op.Column  { return column("id", op.Int(64), true, numbered) }

var (
	dropKey     = op.DropPrimaryKey{Table: "seats"}
	withoutKeys = op.List{op.DropForeignKey{Table: "tickets", Name: "fk_seat"}}
)

func addKey(columns ...string) op.AddPrimaryKey {
	return op.AddPrimaryKey{Table: "seats", Columns: op.Columns(columns...)}
}

// TestOneStatement changes keys, indexes and checks without a moment between
// the old one and the new one, and back.
func TestOneStatement(t *testing.T) {
	alterHall := op.AlterColumn{Table: "seats", From: hall(false), To: hall(true), Backfill: op.Literal(7)}
	backHall := op.AlterColumn{Table: "seats", From: hall(true), To: hall(false)}
	alterCode := op.AlterColumn{Table: "seats", From: code(false), To: code(true), Backfill: op.Expr("concat('x', id)")}
	addNr := op.AddColumn{Table: "seats", Column: column("nr", op.Int(64), true, true)}
	for _, test := range []struct {
		name     string
		up, down op.List
		// statements is how many each way takes.
		statements [2]int
	}{
		{"widened, and referred to", op.List{dropKey, alterHall, addKey("id", "hall")},
			op.List{op.DropPrimaryKey{Table: "seats", Nullable: []string{"hall"}}, backHall, addKey("id")}, [2]int{2, 1}},
		{"widened by a new column", op.List{dropKey, op.AddColumn{Table: "seats", Column: column("n", op.Int(64), true, false), Backfill: op.Expr("id")}, addKey("id", "n")},
			op.List{dropKey, op.DropColumn{Table: "seats", Column: "n"}, addKey("id")}, [2]int{3, 1}},
		{"widened by a new column, constant", op.List{dropKey, op.AddColumn{Table: "seats", Column: column("n", op.Int(64), true, false), Backfill: op.Literal(1)}, addKey("id", "n")},
			op.List{dropKey, op.DropColumn{Table: "seats", Column: "n"}, addKey("id")}, [2]int{2, 1}},
		{"replaced, the numbers stay", append(withoutKeys, dropKey, alterCode, addKey("code")), op.List{op.DropPrimaryKey{Table: "seats", Nullable: []string{"code"}}, addKey("id")}, [2]int{3, 1}},
		{"numbers leave the key", append(withoutKeys, op.AlterColumn{Table: "seats", From: id(true), To: id(false)}, dropKey, alterCode, addKey("code")),
			op.List{op.DropPrimaryKey{Table: "seats", Nullable: []string{"code"}}, addKey("id"), op.AlterColumn{Table: "seats", From: id(false), To: id(true)}}, [2]int{4, 2}},
		{"other numbers", append(withoutKeys, op.AlterColumn{Table: "seats", From: id(true), To: id(false)}, dropKey, addNr, addKey("nr")),
			op.List{dropKey, op.DropColumn{Table: "seats", Column: "nr"}, addKey("id"), op.AlterColumn{Table: "seats", From: id(false), To: id(true)}}, [2]int{3, 2}},
		{"numbers replaced with their column", append(withoutKeys, dropKey, op.DropColumn{Table: "seats", Column: "id"}, addNr, addKey("nr")),
			op.List{dropKey, op.DropColumn{Table: "seats", Column: "nr"}, op.AddColumn{Table: "seats", Column: id(true)}, addKey("id")}, [2]int{2, 1}},
		{"unique constraint", op.List{op.DropUnique{Table: "seats", Name: "u"}, op.AddUnique{Table: "seats", Unique: op.Unique{Name: "u", Columns: op.Columns("code", "twin")}}},
			op.List{op.DropUnique{Table: "seats", Name: "u"}, op.AddUnique{Table: "seats", Unique: op.Unique{Name: "u", Columns: op.Columns("code")}}}, [2]int{1, 1}},
		{"index becomes unique, with a column between", op.List{op.DropIndex{Table: "seats", Name: "i"}, op.AddColumn{Table: "seats", Column: column("n", op.Int(64), false, false)},
			op.CreateIndex{Table: "seats", Index: op.Index{Name: "i", Unique: true, Columns: op.Columns("twin", "n")}}},
			op.List{op.DropIndex{Table: "seats", Name: "i"}, op.DropColumn{Table: "seats", Column: "n"}, op.CreateIndex{Table: "seats", Index: op.Index{Name: "i", Columns: op.Columns("twin")}}}, [2]int{1, 1}},
		{"check", op.List{op.DropCheck{Table: "seats", Name: "k"}, op.AddCheck{Table: "seats", Check: op.Check{Name: "k", Expr: "twin > 0 or twin < -5"}}},
			op.List{op.DropCheck{Table: "seats", Name: "k"}, op.AddCheck{Table: "seats", Check: op.Check{Name: "k", Expr: "twin > 0"}}}, [2]int{1, 1}},
		{"several at once", op.List{op.DropCheck{Table: "seats", Name: "k"}, op.DropIndex{Table: "seats", Name: "i"}, op.AddUnique{Table: "seats", Unique: op.Unique{Name: "new", Columns: op.Columns("id", "twin")}},
			op.CreateIndex{Table: "seats", Index: op.Index{Name: "i", Columns: op.Columns("twin", "id")}}, op.AddCheck{Table: "seats", Check: op.Check{Name: "k", Expr: "twin <> 0"}}, op.CreateIndex{Table: "seats", Index: op.Index{Name: "own", Columns: op.Columns("hall")}}},
			nil, [2]int{2, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			conn := seats(t)
			before := shown(t, conn)
			rows := "SELECT coalesce(code, ''), twin FROM seats ORDER BY twin, code"
			first := dump(t, conn, rows)
			for range 2 {
				up := mustMigrate(t, conn, test.up...)
				if len(up) != test.statements[0] {
					t.Errorf("up takes %d statements:\n%s", len(up), strings.Join(up, "\n"))
				}
				if n := len(dump(t, conn, rows)); n != 3 {
					t.Errorf("%d rows", n)
				}
				if test.down == nil {
					return
				}
				down := test.down
				if len(test.up) > 1 && test.up[0] == withoutKeys[0] {
					down = append(slices.Clone(down), op.AddForeignKey{Table: "tickets", ForeignKey: op.ForeignKey{Name: "fk_seat", Columns: []string{"seat_id"}, RefTable: "seats", RefColumns: []string{"id"}}})
				}
				statements := mustMigrate(t, conn, down...)
				if want := test.statements[1] + len(down) - len(test.down); len(statements) != want {
					t.Errorf("down takes %d statements:\n%s", len(statements), strings.Join(statements, "\n"))
				}
				exec(t, conn, "UPDATE seats SET hall = NULL WHERE hall = 7", "UPDATE seats SET code = NULL WHERE code LIKE 'x%'")
				if d := cmp.Diff(unordered(before), unordered(shown(t, conn))); d != "" {
					t.Errorf("after up and down:\n%s", d)
				}
				if d := cmp.Diff(first, dump(t, conn, rows)); d != "" {
					t.Errorf("rows:\n%s", d)
				}
			}
		})
	}
}

// TestFailureKeepsWhatWasThere makes the new form one that the rows refuse.
func TestFailureKeepsWhatWasThere(t *testing.T) {
	for name, ops := range map[string]op.List{
		"primary key":          {dropKey, addKey("twin")},
		"primary key, nulls":   {dropKey, op.AlterColumn{Table: "seats", From: hall(false), To: hall(true)}, addKey("id", "hall")},
		"unique constraint":    {op.DropUnique{Table: "seats", Name: "u"}, op.AddUnique{Table: "seats", Unique: op.Unique{Name: "u", Columns: op.Columns("twin")}}},
		"index becomes unique": {op.DropIndex{Table: "seats", Name: "i"}, op.CreateIndex{Table: "seats", Index: op.Index{Name: "i", Unique: true, Columns: op.Columns("twin")}}},
		"check":                {op.DropCheck{Table: "seats", Name: "k"}, op.AddCheck{Table: "seats", Check: op.Check{Name: "k", Expr: "twin > 1"}}},
	} {
		t.Run(name, func(t *testing.T) {
			conn := seats(t)
			before := shown(t, conn)
			if statements, err := migrate(conn, ops...); err == nil {
				t.Fatalf("no error:\n%s", strings.Join(statements, "\n"))
			}
			if d := cmp.Diff(before, shown(t, conn)); d != "" {
				t.Errorf("something has gone:\n%s", d)
			}
		})
	}
}
