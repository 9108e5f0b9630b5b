package acceptance

import (
	"reflect"
	"strconv"

	"gorm.io/gorm/schema"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// change is one case: a set of models, and what it becomes.
type change struct {
	name          string
	before, after []any

	// renames, drops and backfills answer questions.
	renames   []diff.Rename
	drops     []string
	backfills map[string]op.Default

	// values are those of a column in the rows that are there before, in SQL.
	// The keys are as "things.a". Default: see usual.
	values map[string][]string
	// becomes are the values of a column after the change, as text, where they
	// are not what they were; "=" is what it was, for single rows.
	becomes map[string][]string
	// lost are the values after the downgrade, where the change cannot be taken
	// back without loss. Default: what they were before it, or became.
	lost map[string][]string

	// home is the database in whose words the models are. Others may refuse
	// them from the start.
	home string
	// refused has by database a part of the error with which nothing is written.
	refused map[string]string
	// open has by database a reason why the case is known to fail.
	open map[string]string
}

// everywhere says the same of all databases.
func everywhere(text string) map[string]string {
	return map[string]string{"sqlite": text, "postgres": text, "mysql": text}
}

// thing is a model of the table "things": an id and these fields.
func thing(fields ...reflect.StructField) []any {
	return things(append([]reflect.StructField{f[uint]("ID", "")}, fields...)...)
}

// things is a thing without an id.
func things(fields ...reflect.StructField) []any {
	return []any{reflect.New(reflect.StructOf(fields)).Interface()}
}

// f is a field of a model, with what stands in its gorm tag.
func f[T any](name, tag string) reflect.StructField {
	return reflect.StructField{Name: name, Type: reflect.TypeFor[T](), Tag: reflect.StructTag("gorm:" + strconv.Quote(tag))}
}

// naming is GORM's own, and gives a struct without a name the table "things".
// Names have 63 letters at most everywhere, so that they are the same.
type naming struct{ schema.NamingStrategy }

func (n naming) TableName(name string) string {
	if name == "" {
		return "things"
	}
	return n.NamingStrategy.TableName(name)
}
