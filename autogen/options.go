package autogen

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// From says what a comparison begins with.
type From string

const (
	// FromDatabase is the live database, which has to be at head to be compared
	// with the models. It is the default.
	FromDatabase From = "database"
	// FromRevisions is what the revisions make of an empty scratch database. It
	// needs no database of the user's to be compared with the models.
	FromRevisions From = "revisions"
)

// To says what From is compared with.
type To string

const (
	// ToModels compares with the models. It is the default.
	ToModels To = "models"
	// ToDatabase compares the revisions with the live database: Up is what was
	// done to it by hand.
	ToDatabase To = "database"
	// ToRevisions compares the live database with the revisions: Up is what
	// would undo that.
	ToRevisions To = "revisions"
)

// Options are what the functions of this package work with.
type Options struct {
	// DB is the live database. It is only read. FromRevisions does not need it.
	DB *gorm.DB
	// Scratch is a disposable, empty database of the same kind, for verifying
	// and for [FromRevisions]; it is left as empty as it was. Default: what the
	// dialect has of its own. SQLite has a database in memory, PostgreSQL a
	// schema on DB that is rolled back, MySQL nothing.
	Scratch *gorm.DB
	// From is what the comparison begins with. Default: FromDatabase.
	From From
	// To is what From is compared with, for [Compare] and [Diff]: ToDatabase
	// with FromRevisions, ToRevisions with FromDatabase. There the revisions are
	// those that are applied, Scratch is where they are replayed, and models are
	// not needed. Default: ToModels.
	To To

	// Table is the name of the history table, as [migrate.Options] has it.
	Table string

	// Models are pointers to the structs that GORM maps.
	Models []any
	// Revisions are the compiled revisions.
	Revisions op.Revisions

	// Dir is the folder of the migrations package, for what writes a file.
	Dir string
	// Message describes the revision. Default: made from the change.
	Message string

	// Head is the revision that the new one builds on, as a target: an id or the
	// beginning of one, a label, "label@head"; "base" begins a line of its own.
	// Default: the only head there is.
	Head string
	// Splice lets Head be a revision that others build on already, so that a
	// branch begins there.
	Splice bool
	// Labels and DependsOn are those of the new revision. A label in DependsOn
	// stays one; other targets are resolved to the ids that they name now.
	Labels, DependsOn []string

	// NoVerify skips the run on a scratch database.
	NoVerify bool

	// Renames, Drops, Backfills and Usings answer questions, BackfillsDown and
	// UsingsDown those about Down; see [diff.Options].
	Renames                  []diff.Rename
	Drops                    []string
	Backfills, BackfillsDown map[string]op.Default
	Usings, UsingsDown       map[string]string

	// Only and Except are patterns, in the form of [path.Match], of what takes
	// part: of tables and views ("shop_*"), and in Except also of enums and of
	// the parts of tables ("users.legacy_*"). With Only, enums take part where a
	// column of a table that does is of them. Default: everything takes part.
	//
	// What does not is left alone, on both sides: neither made, changed nor
	// dropped, and named in [diff.Plan.Excluded] where it differs.
	Only, Except []string
	// Include reports whether an object takes part, after Only and Except.
	// Default: it does.
	Include func(Item) bool
	// CompareType and CompareDefault are asked about the types and defaults of
	// columns that both sides have. Default: nobody is asked.
	CompareType, CompareDefault Comparison
	// Rewrite may change a revision before it is tried out and written: its
	// lists, its message. Where it leaves both lists empty, nothing is written.
	// Default: it stays as it is.
	Rewrite func(*op.Revision) error

	// Now tells the time of creation. Default: time.Now.
	Now func() time.Time
	// NewID makes the id. It is asked once for each revision. Default: 12 random
	// hexadecimal digits.
	NewID func() string
}

func (o Options) validate() error {
	switch o.From {
	case "", FromDatabase:
		if o.DB == nil {
			return errors.New("comparing with the database: Options.DB is not set")
		}
	case FromRevisions:
		if o.DB == nil && o.Scratch == nil {
			return errors.New("comparing with the revisions: neither Options.Scratch nor Options.DB is set")
		}
	default:
		return errors.New(`Options.From has to be "database" or "revisions", not "` + string(o.From) + `"`)
	}
	switch o.To {
	case "", ToModels:
		return nil
	case ToDatabase, ToRevisions:
	default:
		return errors.New(`Options.To has to be "models", "database" or "revisions", not "` + string(o.To) + `"`)
	}
	if (o.From == FromRevisions) != (o.To == ToDatabase) {
		return errors.New("comparing the " + string(o.To) + " with themselves: set Options.From to the other side, or Options.To to ToModels")
	}
	if o.DB == nil {
		return errors.New("comparing the revisions and the database: Options.DB is not set")
	}
	return nil
}

// toModels refuses what only comparisons can do.
func (o Options) toModels() error {
	if o.To != "" && o.To != ToModels {
		return errors.New("writing a revision: Options.To is for comparisons; what is written leads to the models")
	}
	return nil
}

// ownTables are the tables of package migrate, which nothing is said of.
func (o Options) ownTables() []string {
	list := []string{migrate.Table, migrate.JournalTable(migrate.Table)}
	if o.Table != "" {
		list = append(list, o.Table, migrate.JournalTable(o.Table))
	}
	return list
}

// source is the *gorm.DB whose dialector and naming strategy count.
func (o Options) source() *gorm.DB {
	if o.From == FromRevisions && o.Scratch != nil {
		return o.Scratch
	}
	return o.DB
}

func (o Options) created() string {
	now := time.Now
	if o.Now != nil {
		now = o.Now
	}
	return now().UTC().Format(time.RFC3339)
}

func (o Options) newID() string {
	if o.NewID != nil {
		return o.NewID()
	}
	id := make([]byte, 6)
	_, _ = rand.Read(id) // never fails, by its documentation
	return hex.EncodeToString(id)
}
