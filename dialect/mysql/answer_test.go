package mysql

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRows reads rows of all lengths, which fill several blocks.
func TestRows(t *testing.T) {
	_, conn := open(t)
	exec(t, conn, "CREATE TABLE t (n int PRIMARY KEY, a longtext, b varchar(9), c longtext)")
	type line struct {
		n       int
		a, b, c string
		isNull  bool
	}
	var want []line
	for n := range 300 {
		l := line{n, strings.Repeat("a", n*n%7000), "", strings.Repeat("c", n%5), n%3 == 0}
		var b any = ""
		if l.isNull {
			b = nil
		}
		if _, err := conn.ExecContext(t.Context(), "INSERT INTO t VALUES (?, ?, ?, ?)", l.n, l.a, b, l.c); err != nil {
			t.Fatal(err)
		}
		want = append(want, l)
	}
	rows, err := readRows(t.Context(), conn, "SELECT n, a, b, c FROM t ORDER BY n")
	if err != nil {
		t.Fatal(err)
	}
	var got []line
	for _, r := range rows {
		got = append(got, line{r.number(0), r.text(1), r.text(2), r.text(3), r.isNull(2)})
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(line{})); d != "" {
		t.Errorf("(-want +read):\n%s", d)
	}
	if rows, err := readRows(t.Context(), conn, "SELECT n FROM t WHERE n < 0"); err != nil || len(rows) > 0 {
		t.Error(rows, err)
	}
	if _, err := readRows(t.Context(), conn, "SELECT * FROM nothing"); err == nil {
		t.Error("no error")
	}
}

// TestRowsInAnyOrder: no server promises the order in which it shows what it has.
func TestRowsInAnyOrder(t *testing.T) {
	_, conn := open(t)
	for n := range 12 {
		exec(t, conn, fmt.Sprintf(`CREATE TABLE t%d (id bigint, b int, c varchar(9) DEFAULT 'x', d datetime, e int, f int, g int, h int, i int, j int, k int,
			PRIMARY KEY (id, b), KEY B_a (b, c), UNIQUE KEY a_b (c, b, id), KEY z (d), CONSTRAINT f2_%[1]d FOREIGN KEY (b, id) REFERENCES t0 (b, id) ON DELETE CASCADE,
			CONSTRAINT F1_%[1]d FOREIGN KEY (id, b) REFERENCES t0 (id, b), KEY (b, id))`, n))
	}
	s, err := askServer(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	s.types = &knownTypes{}
	read := func(order func([]row)) any {
		r := newCatalogue(t.Context(), conn, s, s.database)
		rows := func(query string) []row {
			rows, err := r.rows(query)
			if err != nil {
				t.Fatal(err)
			}
			order(rows)
			return rows
		}
		parts := r.parts()
		for i, rows := range apart(rows(r.together(parts)), len(parts)) {
			parts[i].take(rows)
		}
		r.takeColumns(rows(r.columnsQuery()))
		r.takeIndexes(rows(r.indexesQuery()))
		return r.tables
	}
	want := read(func([]row) {})
	for range 5 {
		got := read(func(rows []row) { rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] }) })
		if d := cmp.Diff(want, got, cmp.AllowUnexported(liveTable{})); d != "" {
			t.Fatalf("(-want +shuffled):\n%s", d)
		}
	}
	first := want.([]*liveTable)[0]
	if len(first.Columns) != 11 || first.Columns[10].Name != "k" || len(first.Indexes) < 3 || first.Indexes[0].Name != "B_a" || first.Indexes[0].Columns[1].Column != "c" ||
		len(first.ForeignKeys) != 2 || first.ForeignKeys[0].Name != "F1_0" || first.ForeignKeys[1].OnDelete != "CASCADE" || first.ForeignKeys[1].Columns[0] != "b" {
		t.Errorf("it reads %+v", first.Table)
	}
}

// TestPartsOfMySQL asks as MySQL is asked, which MariaDB understands as well.
func TestPartsOfMySQL(t *testing.T) {
	_, conn := open(t)
	exec(t, conn, "CREATE TABLE p (id int PRIMARY KEY) COMMENT 'it''s p'",
		"CREATE TABLE c (id int PRIMARY KEY, Größe int, CONSTRAINT `fk ü` FOREIGN KEY (Größe) REFERENCES p (id) ON DELETE CASCADE)",
		"CREATE TABLE k (a int CHECK (a > 0))")
	read := func(s server) []*liveTable {
		r := newCatalogue(t.Context(), conn, s, s.database)
		parts := r.parts()
		rows, err := r.rows(r.together(parts))
		if err != nil {
			t.Fatal(err)
		}
		for i, rows := range apart(rows, len(parts)) {
			parts[i].take(rows)
		}
		return r.tables
	}
	s, err := askServer(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	want := read(s)
	if len(want) != 3 || len(want[0].ForeignKeys) != 1 || !want[1].hasText || want[2].Comment != "it's p" {
		t.Fatalf("it reads %+v", want)
	}
	for _, version := range []string{"8.0.36", "8.0.11"} {
		old := newServer(version, "")
		old.database = s.database
		got := read(old)
		got[1].hasText = got[1].hasText || !old.hasChecks()
		if d := cmp.Diff(want, got, cmp.AllowUnexported(liveTable{})); d != "" {
			t.Errorf("%s, (-want +read):\n%s", version, d)
		}
	}
}
