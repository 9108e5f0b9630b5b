package mysql

import (
	"context"
	"database/sql"
	"testing"

	gormmysql "gorm.io/driver/mysql"
	"gorm.io/gorm/schema"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// The interface of package dialect, as far as this package can name it without
// a circle.
var _ interface {
	Name() string
	Version(context.Context, ddl.Querier) (string, error)
	SpellType(op.Type) string
	Inspect(context.Context, ddl.Querier, ddl.Inquiry) (ddl.Reading, error)
	HasTables(context.Context, ddl.Querier, ...string) ([]bool, error)
	Bind(int) string
	Plan(context.Context, ddl.Querier, op.List) (ddl.Step, error)
	Transact(context.Context, ddl.Querier, func() error) error
	Transactional() bool
	ddl.Locator
	Rehearse(context.Context, *sql.DB, bool, func(ddl.Querier, func(func() error) error) error) error
} = Dialect{}

// TestSpellTypeIsGORMs asks GORM's driver about each word.
func TestSpellTypeIsGORMs(t *testing.T) {
	three := 3
	driver := gormmysql.Dialector{Config: &gormmysql.Config{DefaultDatetimePrecision: &three}}
	for _, test := range []struct {
		word  op.Type
		field schema.Field
	}{
		{op.Bool(), schema.Field{DataType: schema.Bool}},
		{op.Float(32), schema.Field{DataType: schema.Float, Size: 32}},
		{op.Float(64), schema.Field{DataType: schema.Float, Size: 64}},
		{op.Decimal(9), schema.Field{DataType: schema.Float, Precision: 9}},
		{op.Decimal(9, 2), schema.Field{DataType: schema.Float, Precision: 9, Scale: 2}},
		{op.Text(), schema.Field{DataType: schema.String}},
		{op.KeyText(), schema.Field{DataType: schema.String, PrimaryKey: true}},
		{op.Bytes(), schema.Field{DataType: schema.Bytes}},
		{op.Time(), schema.Field{DataType: schema.Time, NotNull: true}},
		{op.Time(0), schema.Field{DataType: schema.Time, NotNull: true, TagSettings: map[string]string{"PRECISION": "0"}}},
		{op.Time(6), schema.Field{DataType: schema.Time, NotNull: true, Precision: 6}},
		{op.Raw("point"), schema.Field{DataType: "point"}},
	} {
		if got, want := (Dialect{}).SpellType(test.word), driver.DataTypeOf(&test.field); got != want {
			t.Errorf("%#v is %q, want %q", test.word, got, want)
		}
	}
	for _, n := range []int{1, 7, 8, 9, 15, 16, 17, 24, 25, 31, 32, 33, 64, 255, 65535, 65536, 1 << 24, 1<<24 + 1} {
		for _, test := range []struct {
			word op.Type
			kind schema.DataType
		}{{op.Int(n), schema.Int}, {op.Uint(n), schema.Uint}, {op.String(n), schema.String}, {op.Bytes(n), schema.Bytes}} {
			if got, want := (Dialect{}).SpellType(test.word), driver.DataTypeOf(&schema.Field{DataType: test.kind, Size: n}); got != want {
				t.Errorf("%#v is %q, want %q", test.word, got, want)
			}
		}
	}
	if got := (Dialect{}).SpellType(op.Text().On("mysql", "varchar(7)").On("sqlite", "x")); got != "varchar(7)" {
		t.Errorf("got %s", got)
	}
}

func TestNormalType(t *testing.T) {
	for text, want := range map[string]string{
		"INT(11)": "int", "integer": "int", "bigint(20) unsigned": "bigint unsigned", "BOOLEAN": "tinyint(1)", "tinyint(4)": "tinyint", "tinyint(1)": "tinyint(1)",
		"int(5) unsigned zerofill": "int(5) unsigned zerofill", "numeric": "decimal(10,0)", "dec( 7 )": "decimal(7,0)", "decimal(10, 2)": "decimal(10,2)",
		"double  precision": "double", "REAL": "double", "float(24)": "float", "float(25)": "double", "float(7,4)": "float(7,4)", "character varying(3)": "varchar(3)",
		"char": "char(1)", "datetime(0)": "datetime", "year(4)": "year", "bit": "bit(1)", "enum('a', 'B')": "enum('a','B')", "varchar(3) NOT NULL": "varchar(3) NOT NULL",
		"int signed": "int", "long varchar": "mediumtext", "": "",
	} {
		if got, _ := (mode{}).normalType(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]bool{"int": true, "varchar(9)": true, "text(9)": false, "nvarchar(9)": false, "int NOT NULL": false, "timestamp": false, "": false, "varchar('": false} {
		if _, got := (mode{}).normalType(text); got != want {
			t.Errorf("%q is certain: %v", text, got)
		}
	}
}
