package words

import "github.com/go-limbeck/limbeck/op"

// Saying is a table in words, and what the database would store for it. Both
// list their columns in the same order. The keys, checks and indexes of Stored
// end with those of Word in the order of Word; before them may stand others
// that the raw types of columns bring along.
type Saying struct {
	Word, Stored op.Table
	// Bound are the columns, by folded name, whose raw type carries
	// constraints in its text, with the keys and checks that it brings along.
	// Such a column can be the same only as a whole.
	Bound map[string]op.Table
	// Unasked are the parts of Stored whose text the database may write in
	// another way and could not be asked about, each with the reason and the
	// way out. They stand as they were said.
	Unasked map[Part]string
	// Fits says that [Rules.Fits] is known to be true of the live table, and that
	// no other words are about it. Then there may be nothing in Stored.
	Fits bool
}

// Rules say what is the same to a database. Names of keys, checks and indexes
// are compared by [Speak]; the functions are asked about the rest.
type Rules struct {
	// Fold returns the form of a name in which equal names are equal.
	Fold func(name string) string
	// FoldTable does so for the names of tables, where they follow a rule of
	// their own: MySQL can keep them apart by letter case, which it never does
	// with those of columns. Nil is Fold.
	FoldTable func(name string) string
	// StoresComments says that comments can be read back.
	StoresComments bool

	Type, Default, Generated, Collate func(live, stored op.Column) bool
	PrimaryKey                        func(live, stored op.Table) bool
	Options                           func(live, stored string) bool
	Unique                            func(live, stored op.Unique) bool
	ForeignKey                        func(live, stored op.ForeignKey) bool
	Check                             func(live, stored op.Check) bool
	Index                             func(live, stored op.Index) bool

	// Text reports whether two expressions are the same beyond doubt. They are in
	// stored form, or as they were said where the database could not be asked.
	Text func(a, b string) bool
}

func (r *Rules) foldTable(name string) string {
	if r.FoldTable != nil {
		return r.FoldTable(name)
	}
	return r.Fold(name)
}

func (r *Rules) sameName(a, b string) bool { return a == b || r.Fold(a) == r.Fold(b) }
