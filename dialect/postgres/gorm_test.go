package postgres

import (
	"database/sql"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/datatypes"
	"gorm.io/gorm"
	"gorm.io/gorm/utils/tests"

	"github.com/go-limbeck/limbeck/diff"
	shop "github.com/go-limbeck/limbeck/examples/shop/models"
	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
)

func load(t testing.TB, db *gorm.DB, models ...any) op.Schema {
	t.Helper()
	s, err := model.Loader{DB: db, Spell: Dialect{}.SpellType}.Load(models...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// lawful holds the laws with GORM as the judge: after AutoMigrate there is
// nothing to do, and what our own plan makes is the same by pg_dump.
func lawful(t *testing.T, setup func(*gorm.DB) error, models ...any) {
	t.Helper()
	theirs, ours := open(t), open(t)
	for _, db := range []*gorm.DB{theirs.gorm, ours.gorm} {
		if setup == nil {
			continue
		}
		if err := setup(db); err != nil {
			t.Fatal(err)
		}
	}
	want := load(t, theirs.gorm, models...)
	plan, err := diff.Compare(op.Schema{}, want, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustMigrate(t, ours.conn, plan.Up...)
	nothingToDo(t, "ours", ours, want)
	if err := theirs.gorm.AutoMigrate(models...); err != nil {
		t.Fatalf("AutoMigrate: %v", err)
	}
	nothingToDo(t, "AutoMigrate's", theirs, want)
	if d := cmp.Diff(dump(t, theirs.dsn), dump(t, ours.dsn)); d != "" {
		t.Errorf("pg_dump (-AutoMigrate +ours):\n%s", d)
	}
}

func nothingToDo(t testing.TB, whose string, db database, want op.Schema) {
	t.Helper()
	live := mustInspect(t, db.conn, want)
	plan, err := diff.Compare(live, want, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Up) > 0 || len(plan.Down) > 0 || len(plan.Incomparable) > 0 || len(plan.Unmanaged) > 0 {
		t.Errorf("%s: up %v, unmanaged %v, incomparable %v", whose, plan.Up, plan.Unmanaged, plan.Incomparable)
		t.Errorf("(-words +inspected):\n%s", cmp.Diff(want.Sorted(), live.Sorted()))
	}
}

func TestGORMsOwnModels(t *testing.T) {
	lawful(t, nil, &tests.User{}, &tests.Account{}, &tests.Pet{}, &tests.Company{}, &tests.Toy{}, &tests.Tools{},
		&tests.Language{}, &tests.Coupon{}, &tests.CouponProduct{}, &tests.Order{}, &tests.Parent{}, &tests.Child{})
}

// TestShop gives the database the collation of SQLite that the models name.
func TestShop(t *testing.T) {
	lawful(t, func(db *gorm.DB) error {
		return errors.Join(shop.Setup(db), db.Exec(`CREATE COLLATION nocase FROM "C"`).Error)
	}, shop.All()...)
}

// Every type without a tag, of reference gorm-ddl.md 1.2.
type plainTypes struct {
	ID        uint
	Bool      bool
	Int       int
	Int8      int8
	Int16     int16
	Int32     int32
	Int64     int64
	Uint      uint
	Uint8     uint8
	Uint16    uint16
	Uint32    uint32
	Uint64    uint64
	Float32   float32
	Float64   float64
	String    string
	Bytes     []byte
	Time      time.Time
	Duration  time.Duration
	Deleted   gorm.DeletedAt
	Pointer   *string
	NullInt   sql.NullInt32
	NullBool  sql.NullBool
	Generic   sql.Null[float64]
	JSON      datatypes.JSON
	Map       datatypes.JSONMap
	Date      datatypes.Date
	TimeOfDay datatypes.Time
	UUID      datatypes.UUID
	URL       datatypes.URL
}

// The tags that change types, of 1.3.
type typeTags struct {
	Code      string    `gorm:"primaryKey;size:12"`
	Sized     string    `gorm:"size:64"`
	Huge      string    `gorm:"size:20000000"`
	Small     int       `gorm:"size:16"`
	Middle    int       `gorm:"size:24"`
	SmallU    uint      `gorm:"size:16"`
	Numeric   float64   `gorm:"precision:10"`
	Money     float64   `gorm:"precision:12;scale:2"`
	Milli     time.Time `gorm:"precision:3"`
	Whole     time.Time `gorm:"precision:0"`
	Varchar   string    `gorm:"type:varchar(10)"`
	VARCHAR   string    `gorm:"type:VARCHAR( 10 )"`
	Varying   string    `gorm:"type:character varying(7)"`
	Char      string    `gorm:"type:char(2)"`
	Bare      string    `gorm:"type:char"`
	Decimal   string    `gorm:"type:decimal(10,2)"`
	Decimal1  string    `gorm:"type:NUMERIC(10)"`
	Real      float32   `gorm:"type:real"`
	Double    float64   `gorm:"type:double precision"`
	Float24   float64   `gorm:"type:float(24)"`
	Timestamp time.Time `gorm:"type:timestamp"`
	Stamp3    time.Time `gorm:"type:timestamp(3) without time zone"`
	Zoned     time.Time `gorm:"type:timestamp with time zone"`
	Clock     string    `gorm:"type:time(0)"`
	Interval  string    `gorm:"type:interval"`
	Seconds   string    `gorm:"type:interval second(3)"`
	Array     string    `gorm:"type:text[]"`
	Array2    string    `gorm:"type:varchar(5)[3]"`
	Array3    string    `gorm:"type:integer ARRAY"`
	Bits      string    `gorm:"type:bit(4)"`
	Varbit    string    `gorm:"type:varbit(9)"`
	UUID      string    `gorm:"type:uuid;default:gen_random_uuid()"`
	Inet      string    `gorm:"type:inet"`
	Vector    string    `gorm:"type:tsvector"`
	Mood      string    `gorm:"type:mood;default:happy"`
	MoodQ     string    `gorm:"type:\"Odd Mood\""`
	Amount    string    `gorm:"type:amount"`
	NotNull   string    `gorm:"type:varchar(10) NOT NULL"`
	Unique    string    `gorm:"type:text UNIQUE"`
	Checked   int       `gorm:"type:integer CHECK (checked > 0)"`
	Filled    string    `gorm:"type:text DEFAULT 'x' NOT NULL"`
	Computed  int       `gorm:"->;type:bigint GENERATED ALWAYS AS (middle * 2) STORED"`
	Constant  string    `gorm:"->;type:varchar(9) GENERATED ALWAYS AS ('it''s') STORED"`
	Padded    string    `gorm:"->;type:char(3) GENERATED ALWAYS AS ('abc') STORED"`
	Numeral   int       `gorm:"->;type:numeric(5,1) GENERATED ALWAYS AS ('7') STORED"`
	Gen       int       `gorm:"generated:middle + small"`
	GenText   string    `gorm:"generated:sized || 'x';size:70"`
	Key       string    `gorm:"not null;comment:it's \"a\" comment\\n"`
}

type bigSerial struct {
	ID    int64 `gorm:"type:bigserial"`
	Other int   `gorm:"autoIncrement"`
}
type smallSerial struct{ ID int16 }
type rawSerial struct {
	ID int64 `gorm:"type:bigint;primaryKey"`
}
type identity struct {
	ID    uint  `gorm:"generated:identity"`
	Other int32 `gorm:"generated:identity always;not null"`
}
type noKey struct{ Name string }
type twoKeys struct {
	B string `gorm:"primaryKey"`
	A int    `gorm:"primaryKey;autoIncrement:false"`
}

// Defaults, of 1.4.
type defaults struct {
	ID      int            `gorm:"primaryKey;autoIncrement:false"`
	Bool    bool           `gorm:"default:true"`
	Int     int            `gorm:"default:-7"`
	Small   int8           `gorm:"default:5"`
	Big     int64          `gorm:"default:9000000000"`
	Hex     int            `gorm:"default:0x10"`
	Float   float64        `gorm:"default:1.50"`
	FloatN  float64        `gorm:"default:-0.25"`
	Num     float64        `gorm:"precision:10;scale:2;default:1.5"`
	Text    string         `gorm:"default:abc"`
	Sized   string         `gorm:"size:20;default:it's"`
	Back    string         `gorm:"default:a\\b"`
	Empty   string         `gorm:"default:''"`
	Null    string         `gorm:"default:null"`
	Func    string         `gorm:"default:upper('x')"`
	Char    string         `gorm:"type:char(3);default:ab"`
	Now     time.Time      `gorm:"default:now()"`
	Current time.Time      `gorm:"default:CURRENT_TIMESTAMP"`
	Plain   time.Time      `gorm:"type:timestamp;default:CURRENT_TIMESTAMP(3)"`
	Moment  time.Time      `gorm:"default:2020-01-02"`
	JSON    datatypes.JSON `gorm:"default:'{}'"`
	Bytes   []byte         `gorm:"default:'\\x00'"`
	Date    time.Time      `gorm:"type:date;default:CURRENT_DATE"`
	Mine    string         `gorm:"default:(-)"`
	IntText string         `gorm:"type:integer;default:3"`
}

// Indexes and constraints, of 1.3 and 1.5.
type indexes struct {
	ID                                           int
	Plain                                        string `gorm:"index"`
	Unique                                       string `gorm:"uniqueIndex"`
	Uni                                          string `gorm:"unique"`
	A                                            int    `gorm:"index:idx_ab,priority:2;index:idx_three,unique"`
	B                                            int    `gorm:"index:idx_ab,priority:1,sort:desc"`
	C                                            string `gorm:"index:idx_three;index:,type:hash"`
	Gin                                          string `gorm:"type:tsvector;index:,type:gin"`
	Where                                        string `gorm:"index:,where:b > 0 AND c <> 'x'"`
	Expr                                         string `gorm:"index:,expression:lower(expr)"`
	Arith                                        string `gorm:"index:,expression:(a + b)"`
	Op                                           string `gorm:"index:,expression:op text_pattern_ops"`
	OpF                                          string `gorm:"index:,expression:lower(op_f) varchar_pattern_ops DESC"`
	Coll                                         string `gorm:"index:,collate:\"C\""`
	Nulls                                        string `gorm:"index:,sort:desc nulls last"`
	First                                        string `gorm:"index:,sort:nulls first"`
	Length                                       string `gorm:"index:,length:10"`
	Incl                                         string `gorm:"index:,option:INCLUDE (a\\, b)"`
	Fill                                         string `gorm:"index:,option:WITH (fillfactor = 70)"`
	Dist                                         string `gorm:"uniqueIndex:,option:NULLS NOT DISTINCT"`
	Conc                                         string `gorm:"index:,option:CONCURRENTLY"`
	Said                                         string `gorm:"index:,comment:a comment"`
	Check                                        int    `gorm:"check:check_me,\"check\" >= 0 and \"check\" in (1,2,3)"`
	Check2                                       string `gorm:"check:check2 <> ''"`
	Odd                                          string `gorm:"column:Odd \"Name;index:Odd Index"`
	Select                                       int    `gorm:"column:select;index"`
	Long1234567890123456789012345678901234567890 string `gorm:"index;check:long1234567890123456789012345678901234567890 <> ''"`
}

type parent struct {
	ID   uint
	Code string `gorm:"unique;size:10"`
	Kids []kid  `gorm:"constraint:OnDelete:CASCADE,OnUpdate:SET NULL"`
}
type kid struct {
	ID       uint
	ParentID uint
	ByCode   string  `gorm:"size:10"`
	Other    *parent `gorm:"foreignKey:ByCode;references:Code"`
	SelfID   *uint
	Self     *kid
	LateID   *uint
	Late     *kid `gorm:"constraint:OnUpdate:CASCADE DEFERRABLE INITIALLY DEFERRED,OnDelete:SET NULL"`
	LastID   *uint
	Last     *kid `gorm:"constraint:OnDelete:RESTRICT DEFERRABLE"`
}

func (kid) TableName() string { return "Kids of select" }

func prepare(db *gorm.DB) error {
	return db.Exec(`CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TYPE "Odd Mood" AS ENUM ('x'); CREATE DOMAIN amount AS numeric(10,2) CHECK (value > 0)`).Error
}

func TestEveryTag(t *testing.T) {
	for name, models := range map[string][]any{
		"plain types": {&plainTypes{}},
		"type tags":   {&typeTags{}},
		"serials":     {&bigSerial{}, &smallSerial{}, &rawSerial{}},
		"identity":    {&identity{}},
		"keys":        {&noKey{}, &twoKeys{}},
		"defaults":    {&defaults{}},
		"indexes":     {&indexes{}},
		"relations":   {&parent{}, &kid{}},
	} {
		setup := prepare
		if name != "type tags" {
			setup = nil
		}
		t.Run(name, func(t *testing.T) { lawful(t, setup, models...) })
	}
}

// TestUniqueKey is about a constraint over the columns of the primary key. The
// server makes one of the two that AutoMigrate asks for.
func TestUniqueKey(t *testing.T) {
	type Thing struct {
		ID   int64 `gorm:"primaryKey;unique"`
		Name string
	}
	theirs, ours := open(t), open(t)
	want := load(t, ours.gorm, &Thing{})
	plan, err := diff.Compare(op.Schema{}, want, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustMigrate(t, ours.conn, plan.Up...)
	nothingToDo(t, "ours", ours, want)
	if err := theirs.gorm.AutoMigrate(&Thing{}); err != nil {
		t.Fatal(err)
	}
	nothingToDo(t, "AutoMigrate's", theirs, want)
}

// TestUniqueKeyNoMore drops the constraint that has become the primary key.
func TestUniqueKeyNoMore(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE TABLE things (id bigint, CONSTRAINT uni_things_id UNIQUE (id), PRIMARY KEY (id))")
	mustMigrate(t, db.conn, op.DropUnique{Table: "things", Name: "uni_things_id"})
	if got := rowsOf(t, db.conn, "SELECT conname || ' ' || contype::text FROM pg_constraint WHERE conrelid = 'things'::regclass"); !cmp.Equal(got, []string{"things_pkey p"}) {
		t.Errorf("the table has %v", got)
	}
}
