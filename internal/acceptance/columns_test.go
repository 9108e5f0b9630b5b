package acceptance

import (
	"time"

	"github.com/go-limbeck/limbeck/diff"
)

// columns are those that come, go and get another name or nullability.
func columns() []change {
	return []change{
		{name: "add", before: thing(), after: thing(f[string]("A", ""))},
		{name: "add two", before: thing(), after: thing(f[string]("A", ""), f[*time.Time]("B", ""))},
		{name: "drop", before: thing(f[int]("A", ""), f[int]("B", "")), after: thing(f[int]("B", ""))},
		{name: "order", before: thing(f[int]("A", ""), f[string]("B", "")), after: thing(f[string]("B", ""), f[int]("A", ""))},
		{
			name: "rename", before: thing(f[string]("A", "size:40;not null")), after: thing(f[string]("B", "size:40;not null")),
			renames: []diff.Rename{{Table: "things", From: "a", To: "b"}},
		},
		{
			name: "rename unsaid", before: thing(f[string]("A", "")), after: thing(f[string]("B", "")),
			refused: everywhere("--rename things.a=b"),
		},
		{
			name: "replace", before: thing(f[string]("A", "")), after: thing(f[string]("B", "")),
			drops: []string{"things.a"},
		},
		{name: "nullable", before: thing(f[int]("A", "not null")), after: thing(f[int]("A", ""))},
		{
			name: "not null", before: thing(f[int]("A", "")), after: thing(f[int]("A", "not null")),
			becomes: map[string][]string{"things.a": {"=", "=", "0"}},
		},
	}
}
