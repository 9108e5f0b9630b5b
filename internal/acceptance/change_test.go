package acceptance

import (
	"maps"
	"reflect"
	"strconv"
	"strings"

	"gorm.io/gorm/schema"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// change is one case: a set of models, and what it becomes.
type change struct {
	name          string
	before, after []any

	// renames, drops and backfills answer questions, backfillsDown those about
	// the way back.
	renames                  []diff.Rename
	drops                    []string
	backfills, backfillsDown map[string]op.Default

	// values are those of a column in the rows that are there before, in SQL.
	// The keys are as "things.a". Default: see usual.
	values map[string][]string
	// becomes are the values of a column after the change, as text, where they
	// are not what they were; "=" is what it was, for single rows.
	becomes map[string][]string
	// lost are the values after the downgrade, where the change cannot be taken
	// back without loss. Default: what they were before it, or became.
	lost map[string][]string

	// home is the database in whose words the models are, or several with
	// spaces in between. Others may refuse them.
	home string
	// refused has by database a part of the error with which nothing is written.
	refused map[string]string
	// unproven has by database a part of why the revision is not verified.
	unproven map[string]string
	// elsewhere are the other schemas that the models have tables in.
	elsewhere elsewhere
}

// from begins a case: its name and the models before.
func from(name string, before ...reflect.StructField) change {
	return change{name: name, before: thing(before...)}
}

// to completes it with the models after.
func (c change) to(after ...reflect.StructField) change {
	c.after = thing(after...)
	return c
}

// of makes a case of one column that changes its tag, with another beside it.
func of[T any](name, before, after string) change { return turn[T, T](name, before, after) }

// turn makes a case of one column that changes its type and tag.
func turn[From, To any](name, before, after string) change {
	return from(name, f[From]("A", before), f[int]("B", "")).to(f[To]("A", after), f[int]("B", ""))
}

// andBack returns the case and the one that leads back.
func (c change) andBack() []change {
	back := c
	back.name += ", back"
	back.before, back.after = c.after, c.before
	return []change{c, back}
}

// andBackDropping is andBack where both directions drop what could be renamed.
func (c change) andBackDropping(names ...string) []change {
	both := c.andBack()
	both[1].drops = names
	return both
}

// dropping says what is not renamed, but goes.
func (c change) dropping(names ...string) change {
	c.drops = names
	return c
}

// filling gives the rows that are there a value, in SQL.
func (c change) filling(column, value string) change {
	c.backfills = with(c.backfills, column, op.Expr(value))
	return c
}

// fillingDown does so on the way back.
func (c change) fillingDown(column, value string) change {
	c.backfillsDown = with(c.backfillsDown, column, op.Expr(value))
	return c
}

// holds gives a column values, in SQL, for the three rows.
func (c change) holds(column string, values ...string) change {
	c.values = with(c.values, column, values)
	return c
}

// made says what the values of a column become.
func (c change) made(column string, values ...string) change {
	c.becomes = with(c.becomes, column, values)
	return c
}

// at says in which databases' words the models are.
func (c change) at(home string) change {
	c.home = home
	return c
}

// refuses says with which words nothing is written on databases, named with
// spaces in between.
func (c change) refuses(databases, words string) change {
	c.refused = on(c.refused, databases, words)
	return c
}

func with[T any](m map[string]T, key string, value T) map[string]T {
	m = maps.Clone(m)
	if m == nil {
		m = map[string]T{}
	}
	m[key] = value
	return m
}

func on(m map[string]string, databases, text string) map[string]string {
	for _, name := range strings.Fields(databases) {
		m = with(m, name, text)
	}
	return m
}

const all = "sqlite postgres mysql"

// everywhere says the same of all databases.
func everywhere(text string) map[string]string { return on(nil, all, text) }

// field is one of a model.
type field = reflect.StructField

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
// Names have 63 letters at most everywhere, so that they are the same. Where
// there are other schemas, ShopOrder is the model of "shop.orders", and the
// things are in the shop.
type naming struct {
	schema.NamingStrategy
	elsewhere
}

func (n naming) TableName(name string) string {
	if name == "" {
		if n.elsewhere == nil {
			return "things"
		}
		return n.real("shop.things")
	}
	for word := range n.elsewhere {
		if rest, ok := strings.CutPrefix(strings.ToLower(name), word); ok {
			return n.real(word + "." + n.NamingStrategy.TableName(name[len(name)-len(rest):]))
		}
	}
	return n.NamingStrategy.TableName(name)
}

func (n naming) JoinTableName(name string) string {
	return n.real(n.NamingStrategy.JoinTableName(name))
}
