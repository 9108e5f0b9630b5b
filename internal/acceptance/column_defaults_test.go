package acceptance

import (
	"slices"
	"time"
)

// columnDefaults are those that come, go and change.
func columnDefaults() []change {
	return slices.Concat(
		of[int]("number", "", "default:7").andBack(),
		of[int]("another number", "default:7", "default:-8").andBack(),
		of[uint8]("nought", "", "default:0").andBack(),
		of[float64]("float", "default:1.5", "default:2.25").andBack(),
		of[bool]("bool", "", "default:true").andBack(),
		of[bool]("another bool", "default:true", "default:false").andBack(),
		of[string]("text", "size:20", "size:20;default:draft").andBack(),
		of[string]("text with quotes", "size:20;default:draft", `size:20;default:it's "so" \ %`).andBack(),
		of[string]("empty text", "size:20;default:draft", "size:20;default:''").andBack(),
		of[string]("text like an expression", "size:20;default:draft", "size:20;default:CURRENT_TIMESTAMP").andBack(),
		of[int]("on a column that may not be null", "not null", "not null;default:7").andBack(),
		of[time.Time]("time", "", "default:CURRENT_TIMESTAMP").andBack(),
		of[time.Time]("time and literal", "default:2020-01-02 03:04:05", "default:CURRENT_TIMESTAMP").andBack(),
		of[time.Time]("another time", "default:2020-01-02", "default:2021-01-02").andBack(),
		of[int]("expression", "", "default:(1 + 2)").andBack(),
		of[int]("another expression", "default:(1 + 2)", "default:(1 + 3)").andBack(),
		of[int]("literal and expression", "default:3", "default:(1 + 2)").andBack(),
		of[string]("function", "size:40", "size:40;default:(lower('ABC'))").andBack(),
		of[string]("uuid", "type:uuid", "type:uuid;default:gen_random_uuid()").at("postgres").andBack(),
		of[[]byte]("json", "type:jsonb", "type:jsonb;default:'{}'").at("postgres").andBack(),
		of[*int]("null", "default:7", "default:null").andBack(),
		of[string]("of the database", "size:20;default:draft", "size:20;default:(-)").andBack(),
		of[string]("and a longer type", "size:20;default:draft", "size:40;default:final").andBack(),
		turn[int32, int64]("kept, with a wider type", "default:7", "default:7").andBack(),
		turn[int64, string]("number and text", "default:7", "size:20;default:seven").holds("things.a", "'1'", "'22'", "NULL").andBack(),
		turn[bool, int64]("bool and number", "default:true", "default:1").holds("things.a", "'1'", "'0'", "NULL").andBack(),
		of[int]("and nullability", "", "not null;default:7").made("things.a", "=", "=", "7").andBack()[:1],
		of[int]("and nullability, back", "not null;default:7", "").andBack()[:1],
	)
}
