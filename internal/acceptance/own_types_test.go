package acceptance

import (
	"slices"
	"time"
)

// ownTypes are changes between the types of one database that GORM has no word
// for, most of them ones that Alembic does not see (reference/alembic.md 1.3).
func ownTypes() []change {
	pg := func(name, before, after string) change {
		return of[string](name, "type:"+before, "type:"+after).at("postgres")
	}
	my := func(name, before, after string) change {
		return of[string](name, "type:"+before, "type:"+after).at("mysql")
	}
	numbers := func(c change) change { return c.holds("things.a", "1", "2", "NULL") }
	return slices.Concat(
		pg("varchar with and without a length", "varchar", "varchar(50)").andBack(),
		numbers(pg("numeric without its scale", "numeric(10,2)", "numeric(10)")).andBack(),
		numbers(pg("real and double", "real", "double precision")).andBack(),
		numbers(pg("integer and bigint by tag", "integer", "bigint")).andBack(),
		pg("text and its array", "text[]", "varchar(40)[]").holds("things.a", "'{a,b}'", "'{}'", "NULL").andBack(),
		numbers(pg("array of other numbers", "integer[]", "bigint[]")).holds("things.a", "'{1,2}'", "'{}'", "NULL").andBack(),
		pg("json and jsonb", "json", "jsonb").andBack(),
		pg("jsonb to text", "jsonb", "text").andBack()[:1],
		pg("uuid and text", "uuid", "text").andBack()[:1],
		pg("bits of another length", "bit varying(3)", "bit varying(8)").holds("things.a", "b'101'", "b'110'", "NULL").andBack(),
		pg("interval of days", "interval", "interval day").holds("things.a", "'1 day'", "'2 days'", "NULL").andBack(),
		pg("inet and cidr", "inet", "cidr").holds("things.a", "'10.0.0.0/8'", "'10.1.0.0/16'", "NULL").andBack(),
		pg("date and timestamptz", "date", "timestamptz").holds("things.a", "'2001-02-03'", "'2001-02-04'", "NULL").andBack(),
		pg("time of a precision", "time(0)", "time(3)").andBack(),
		pg("char and text", "char(5)", "text").andBack()[:1],
		of[time.Time]("timestamptz to date by tag", "type:timestamptz", "type:date").at("postgres").holds("things.a", "'2001-02-03'", "'2001-02-04'", "NULL").andBack(),
		my("tinytext and longtext", "tinytext", "longtext").andBack(),
		my("text and mediumtext", "text", "mediumtext").andBack(),
		my("varbinary and blob", "varbinary(40)", "blob").andBack(),
		numbers(my("bigint unsigned by tag", "bigint", "bigint unsigned")).andBack(),
		numbers(my("float and double by tag", "float", "double")).andBack(),
		numbers(my("decimal unsigned", "decimal(10,2)", "decimal(10,2) unsigned")).andBack(),
		my("date and datetime", "date", "datetime").holds("things.a", "'2001-02-03'", "'2001-02-04'", "NULL").andBack(),
		my("time of a precision", "time(0)", "time(3)").andBack(),
		my("year and int", "year", "integer").holds("things.a", "2001", "2002", "NULL").andBack(),
		my("json and longtext", "json", "longtext").holds("things.a", `'{"a": 1}'`, `'{"a": 2}'`, "NULL").andBack(),
		my("set of other values", "set('a','b')", "set('a','b','c')").andBack()[:1],
		of[time.Time]("time without a precision", "precision:6", "").andBack(),
	)
}
