package acceptance

import (
	"slices"
	"time"
)

// columnTypes are changes of a type, by word and by size. Most are made in both
// directions.
func columnTypes() []change {
	return slices.Concat(
		texts(), numbers(), times(),
		of[[]byte]("bytes of a size", "", "size:40").andBack(),
		of[[]byte]("bytes of another size", "size:40", "size:80").andBack(),
		turn[string, []byte]("text to bytes", "", "").holds("things.a", "'abc'", "'d'", "NULL").andBack()[:1],
	)
}

func texts() []change {
	return slices.Concat(
		of[string]("string longer", "size:20", "size:40").andBack(),
		of[string]("string and text", "size:40", "").andBack(),
		of[string]("char and varchar", "type:char(5)", "type:varchar(5)").andBack(),
		of[string]("varchar and text by tag", "type:varchar(40)", "type:text").andBack(),
		turn[int64, string]("int and string", "", "size:20").holds("things.a", "'1'", "'-22'", "NULL").andBack(),
		turn[bool, string]("bool to string", "", "size:20").made("things.a", "1", "0", "<null>").andBack()[:1],
		turn[time.Time, string]("time to string", "", "size:40").andBack()[:1],
	)
}

func numbers() []change {
	return slices.Concat(
		turn[int8, int16]("int8 and int16", "", "").andBack(),
		turn[int16, int32]("int16 and int32", "", "").andBack(),
		turn[int32, int64]("int32 and int64", "", "").andBack(),
		turn[int64, uint64]("int64 and uint64", "", "").andBack(),
		turn[int32, uint32]("int32 and uint32", "", "").andBack(),
		turn[uint8, uint16]("uint8 and uint16", "", "").andBack(),
		turn[int64, int64]("int by size", "", "size:16").andBack(),
		turn[bool, int64]("bool and int", "", "").holds("things.a", "'1'", "'0'", "NULL").andBack(),
		turn[int64, float64]("int and float", "", "").holds("things.a", "1", "2", "NULL").andBack(),
		turn[float32, float64]("float32 and float64", "", "").andBack(),
		of[float64]("float and decimal", "", "precision:10;scale:2").andBack(),
		of[float64]("decimal wider", "precision:10;scale:2", "precision:12;scale:4").andBack(),
		of[float64]("decimal by tag wider", "type:decimal(10,2)", "type:decimal(12,4)").andBack(),
		of[float64]("numeric with and without a size", "type:numeric", "type:numeric(10,2)").holds("things.a", "1", "2", "NULL").andBack(),
		turn[int64, float64]("int and decimal", "", "precision:10;scale:2").holds("things.a", "1", "2", "NULL").andBack(),
		of[int64]("unsigned by tag", "type:int", "type:int unsigned").at("mysql").andBack(),
		of[int64]("mediumint", "type:mediumint", "type:int").at("mysql").andBack(),
	)
}

func times() []change {
	return slices.Concat(
		of[time.Time]("time of seconds", "", "precision:0").andBack(),
		of[time.Time]("time more precise", "precision:3", "precision:6").andBack(),
		of[time.Time]("time and date", "", "type:date").holds("things.a", "'2001-02-03 00:00:00'", "'2001-02-04 00:00:00'", "NULL").andBack(),
		of[time.Time]("datetime by tag", "type:datetime(3)", "type:datetime(6)").at("mysql").andBack(),
		of[time.Time]("timestamp and timestamptz", "type:timestamp", "type:timestamptz").at("postgres").andBack(),
		of[time.Time]("timestamptz of a precision", "type:timestamptz", "type:timestamptz(3)").at("postgres").andBack(),
	)
}
