package mysql

import (
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestSameOptions(t *testing.T) {
	const live = "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin row_format=DYNAMIC"
	for said, want := range map[string]bool{
		"": true, "ENGINE=InnoDB": true, "engine innodb": true, "ENGINE=MyISAM": false, "CHARSET utf8mb4": true, "DEFAULT CHARACTER SET = utf8mb4, COLLATE utf8mb4_bin": true,
		"CHARSET=latin1": false, "ROW_FORMAT=dynamic": true, "ROW_FORMAT=COMPRESSED": false, "AUTO_INCREMENT=100": true, "COMMENT='x'": true, "MAX_ROWS=5": false,
	} {
		if got := (server{}).sameOptions(live, said); got != want {
			t.Errorf("%q: %v", said, got)
		}
	}
}

// TestOptions makes tables with options, and reads them in the same words.
func TestOptions(t *testing.T) {
	_, conn := open(t)
	want := op.Schema{Tables: []op.Table{
		{Name: "a", Columns: []op.Column{{Name: "x", Type: op.String(9)}}, Options: "ENGINE=InnoDB DEFAULT CHARSET=latin1 AUTO_INCREMENT=7", Comment: "c"},
		{Name: "b", Columns: []op.Column{{Name: "x", Type: op.Int(64), NotNull: true}, {Name: "y", Type: op.Text(), Default: op.Expr("(concat('a', 'b'))")}}, PrimaryKey: op.Columns("x"), Options: "ROW_FORMAT=COMPRESSED PARTITION BY HASH (x) PARTITIONS 2", Checks: []op.Check{{Name: "k", Expr: "x>0"}}},
		{Name: "c", Columns: []op.Column{{Name: "x", Type: op.String(9)}}, Options: "ENGINE=MyISAM"},
	}}
	for _, table := range want.Tables {
		mustMigrate(t, conn, op.CreateTable(table))
	}
	same(t, "options", want, inspect(t, conn, want))
	exec(t, conn, "ALTER TABLE c ENGINE=InnoDB")
	if got := inspect(t, conn, want).Tables[2].Options; got == want.Tables[2].Options {
		t.Errorf("another engine is not seen: %s", got)
	}
}
