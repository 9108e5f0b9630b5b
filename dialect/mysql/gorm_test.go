package mysql

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/datatypes"
	gormmysql "gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"
	"gorm.io/gorm/utils/tests"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/examples/shop/models"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
)

// load returns what the models want.
func load(t testing.TB, db *gorm.DB, list ...any) op.Schema {
	t.Helper()
	s, err := model.Loader{DB: db, Spell: Dialect{}.SpellType}.Load(list...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// quiet fails the test where autogenerate would find something.
func quiet(t testing.TB, db *gorm.DB, want op.Schema) {
	t.Helper()
	quietOn(t, connect(t, db), want)
}

func quietOn(t testing.TB, q ddl.Querier, want op.Schema) {
	t.Helper()
	live := inspect(t, q, want)
	plan, err := diff.Compare(live, want, diff.Options{Owned: want})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range plan.Up {
		t.Errorf("phantom: %s", o)
	}
	for _, text := range plan.Incomparable {
		t.Errorf("not comparable: %s", text)
	}
	if !reflect.DeepEqual(plan.Unmanaged, diff.Plan{}.Unmanaged) {
		t.Errorf("unmanaged: %v", plan.Unmanaged)
	}
	for _, q := range plan.Questions {
		t.Errorf("question: %+v", q)
	}
}

// agree holds laws 3 and 4 for a set of models: what AutoMigrate makes is what
// our revision makes, and either leaves nothing to find.
func agree(t *testing.T, setup func(*gorm.DB) error, list ...any) {
	t.Helper()
	theirs, ours := testdb.Open(t, "mysql"), testdb.Open(t, "mysql")
	for _, db := range []*gorm.DB{theirs, ours} {
		if setup != nil {
			if err := setup(db); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := load(t, ours, list...)
	if err := theirs.AutoMigrate(list...); err != nil {
		t.Fatalf("AutoMigrate: %v", err)
	}
	quiet(t, theirs, want)

	conn := connect(t, ours)
	plan, err := diff.Compare(op.Schema{}, want, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustMigrate(t, conn, plan.Up...)
	quiet(t, ours, want)
	if d := cmp.Diff(shown(t, connect(t, theirs)), shown(t, conn)); d != "" {
		t.Errorf("(-AutoMigrate +ours):\n%s", d)
	}
	mustMigrate(t, conn, plan.Down...)
	if left := shown(t, conn); len(left) > 0 {
		t.Errorf("left after down: %v", left)
	}
}

func TestGormModels(t *testing.T) {
	agree(t, nil, &tests.User{}, &tests.Account{}, &tests.Pet{}, &tests.Company{}, &tests.Toy{}, &tests.Tools{}, &tests.Language{},
		&tests.Coupon{}, &tests.CouponProduct{}, &tests.Order{}, &tests.Parent{}, &tests.Child{})
}

// TestShop creates the shop, whose indexes use all that any database has: those
// that MariaDB has no kind of are refused by name, and AutoMigrate fails.
func TestShop(t *testing.T) {
	db, conn := open(t)
	if err := models.Setup(db); err != nil {
		t.Fatal(err)
	}
	want := load(t, db, models.All()...)
	s, err := askServer(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	if s.isMaria { // it lets no check look at an AUTO_INCREMENT column
		want.Table("categories").Checks = nil
	}
	var refused []string
	for i := range want.Tables {
		table := &want.Tables[i]
		table.Indexes = slices.DeleteFunc(table.Indexes, func(x op.Index) bool {
			err := s.refuse(table.Name, x)
			if err == nil {
				return false
			}
			if !errors.Is(err, ddl.ErrUnsupported) || !strings.Contains(err.Error(), x.Name) {
				t.Errorf("refused with %v", err)
			}
			refused = append(refused, x.Name)
			return true
		})
	}
	if s.isMaria {
		if d := cmp.Diff([]string{"idx_customers_email_lower", "idx_customers_name", "idx_products_heading", "idx_products_live_sku"}, sorted(refused)); d != "" {
			t.Errorf("refused (-want +got):\n%s", d)
		}
	}
	plan, err := diff.Compare(op.Schema{}, want, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustMigrate(t, conn, plan.Up...)
	quiet(t, db, want)
	first := shown(t, conn)
	mustMigrate(t, conn, plan.Down...)
	if left := shown(t, conn); len(left) > 0 {
		t.Errorf("left after down: %v", left)
	}
	mustMigrate(t, conn, plan.Up...)
	if d := cmp.Diff(first, shown(t, conn)); d != "" {
		t.Errorf("the second time:\n%s", d)
	}
}

// line is a model of one column beside an id, made from a type and a tag.
type line struct {
	kind reflect.Type
	tag  string
}

func of[T any](tags ...string) []line {
	var list []line
	for _, tag := range tags {
		list = append(list, line{reflect.TypeFor[T](), tag})
	}
	return list
}

func (l line) model() any {
	return reflect.New(reflect.StructOf([]reflect.StructField{
		{Name: "A", Type: l.kind, Tag: reflect.StructTag("gorm:" + strconv.Quote(l.tag))},
		{Name: "B", Type: reflect.TypeFor[int]()},
	})).Interface()
}

func lines() []line {
	return slices.Concat(
		of[bool]("", "not null", "default:true", "default:false;not null", "default:1", "index", "unique", "comment:is it"),
		of[int]("", "size:8", "size:16", "size:24", "size:32", "size:64", "not null", "default:7", "default:-3", "default:0x10", "index", "unique", "uniqueIndex",
			"primaryKey", "primaryKey;autoIncrement:false", "autoIncrement;primaryKey", "check:a > 1", "check:positive,a > 0", "check:,a <> 3",
			"type:int", "type:integer", "type:tinyint(1)", "type:int(5) unsigned zerofill", "type:bigint unsigned", "type:year", "type:INT", "type:bigint;primaryKey",
			"type:int unsigned", "type:mediumint", "type:serial", "type:int GENERATED ALWAYS AS (b * 2) STORED", "type:bigint AS (b + 1) VIRTUAL",
			"type:int NOT NULL", "type:int NOT NULL DEFAULT 5", "type:int UNIQUE", "type:int CHECK (a > 0)", "type:int COMMENT 'it''s'", "type:bit", "type:bit(5)",
			"type:string", "type:bool", "type:float", "column:Other Name", "column:select", "column:ü"),
		of[int8]("", "default:5"), of[int16](""), of[int32](""), of[uint]("", "default:3", "size:16", "primaryKey"), of[uint8](""), of[uint16](""), of[uint32](""),
		of[time.Duration](""),
		of[float32]("", "default:0.1"),
		of[float64]("", "default:1.5", "default:1e10", "default:0.1", "size:32", "precision:10", "precision:10;scale:2", "precision:10;scale:2;default:1.5", "scale:2",
			"type:decimal(10,2)", "type:decimal(10, 2)", "type:numeric(12,4)", "type:numeric", "type:decimal", "type:double precision", "type:real", "type:float(7,4)", "type:float(24)", "type:float(30)",
			"type:decimal(10,2);default:1.005"),
		of[string]("", "size:20", "size:255", "size:70000", "size:20000000", "not null", "default:abc", "default:'abc'", "default:", "default:''", "default:it's", `default:back\slash`, `default:a "b"`, "default:NULL", "default:(uuid())", "default:(concat('a', 'b'))", "default:(-)",
			"default:true", "default:12", "index", "unique", "uniqueIndex", "size:30;index:,length:5", "size:30;index:,sort:desc", "size:30;index:,comment:for it's sake", "size:30;index:,class:FULLTEXT",
			"size:30;index:,type:btree", "size:30;index:,type:hash", "size:30;index:named,unique", "size:30;uniqueIndex:named,sort:desc", "size:30;index:,where:b > 0", "size:30;index:,option:KEY_BLOCK_SIZE=4",
			"primaryKey", "primaryKey;size:30", "size:30;primaryKey;default:x",
			"type:char(3)", "type:char", "type:varchar(30)", "type:VARCHAR(30)", "type:character varying(10)", "type:nvarchar(5)", "type:national char(5)", "type:text", "type:tinytext", "type:mediumtext", "type:text(100)", "type:longtext", "type:text;index", "type:longtext;index:,sort:desc", "type:varchar(9) CHARACTER SET latin1;index",
			"type:varchar(10) COLLATE utf8mb4_bin", "type:varchar(10) CHARACTER SET latin1", "type:varchar(10) CHARACTER SET latin1 COLLATE latin1_bin", "type:varchar(10) CHARACTER SET ascii NOT NULL",
			"type:enum('a','b''c','d,e')", "type:enum('a','b');default:a", "type:ENUM('Small', 'Big');not null;default:'Big'", "type:set('x','y')", "type:uuid", "type:inet6", "type:binary(3)",
			"type:json", "type:json;not null", "type:date", "type:time", "type:time(3)", "type:varchar(20) DEFAULT 'x'", "type:varchar(20) DEFAULT 'x' NOT NULL", "type:text;default:'x'", "type:varchar(10) INVISIBLE",
			"type:point", "type:geometry", "type:blob", "type:varbinary(9)", "type:time;default:'10:00'", "type:date;default:'2020-01-02'",
			"comment:a word", "comment:it's 100%", `comment:back\\slash "quoted"`, "comment:5 digits", "check:a <> ''", "check:a in ('x','y')", "check:length(a) > 2 AND a NOT LIKE '%''%'", "check:char_length(trim(a)) BETWEEN 1 AND 9 or a is null"),
		of[*string]("", "size:10"), of[*int]("", "not null"), of[*time.Time](""),
		of[[]byte]("", "index", "type:tinyblob;index", "size:16", "size:70000", "size:20000000", "size:16;index", "type:blob", "size:16;default:'abc'"),
		of[json.RawMessage]("", "type:json;index", "type:json", "type:json;default:'{}'", "type:json;default:(json_object('a', 1))"),
		of[time.Time]("", "not null", "precision:6", "precision:0", "default:CURRENT_TIMESTAMP", "default:CURRENT_TIMESTAMP(3)", "default:now()", "default:(now())", "default:'2020-01-02 03:04:05'", "default:2020-01-02",
			"default:CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;precision:0", "default:CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)", "default:NULL ON UPDATE CURRENT_TIMESTAMP;precision:0",
			"type:timestamp", "type:timestamp;not null;default:CURRENT_TIMESTAMP", "type:timestamp NULL", "type:timestamp(6);default:CURRENT_TIMESTAMP(6)", "type:datetime", "type:datetime(6)", "type:date;default:(CURRENT_DATE)", "index", "index:,sort:desc", "autoCreateTime"),
		of[gorm.DeletedAt]("index"), of[sql.NullString]("", "size:9"), of[sql.NullInt64](""), of[sql.NullTime](""), of[sql.NullBool]("default:true"), of[sql.Null[int]](""),
		of[map[string]int]("serializer:json"), of[[]string]("serializer:json", "type:json;serializer:json"),
		of[datatypes.JSON]("", "not null"), of[datatypes.Date](""), of[datatypes.Time](""), of[datatypes.UUID](""), of[datatypes.BinUUID](""), of[datatypes.URL](""),
	)
}

// knownBugs are rows in which GORM or its driver writes something else than the
// tag says.
var knownBugs = map[string]string{
	"default:back\\slash":          "the driver does not protect backslashes in a default",
	`comment:back\\slash "quoted"`: "the driver does not protect backslashes in a comment",
}

// TestLines holds laws 3 and 4 for each type, tag and index option alone.
func TestLines(t *testing.T) {
	theirs, conn := open(t)
	ours, ourConn := open(t)
	_ = ours
	same, failed := 0, 0
	for i, l := range lines() {
		t.Run(fmt.Sprintf("%v %s", l.kind, l.tag), func(t *testing.T) {
			name := fmt.Sprintf("t%d", i)
			namer := gorm.Config{Logger: logger.Discard, NamingStrategy: fixed{schema.NamingStrategy{IdentifierMaxLength: 64}, name}}
			pool, err := theirs.DB()
			if err != nil {
				t.Fatal(err)
			}
			db, err := gorm.Open(gormmysql.New(gormmysql.Config{Conn: pool}), &namer)
			if err != nil {
				t.Fatal(err)
			}
			want := load(t, db, l.model())
			ourErr := func() error { _, err := migrate(ourConn, op.CreateTable(want.Tables[0])); return err }()
			theirErr := db.AutoMigrate(l.model())
			if ourErr == nil {
				quietOn(t, ourConn, want)
			}
			switch {
			case theirErr != nil && ourErr != nil:
				t.Logf("both fail: %v", ourErr)
				failed++
			case theirErr != nil:
				t.Logf("only AutoMigrate fails: %v", theirErr)
			case ourErr != nil:
				t.Errorf("only ours fails: %v", ourErr)
			case knownBugs[l.tag] != "":
				if d := cmp.Diff(shown(t, conn), shown(t, ourConn)); d == "" {
					t.Errorf("there is no difference any more: %s", knownBugs[l.tag])
				}
			default:
				quietOn(t, conn, want)
				if d := cmp.Diff(shown(t, conn), shown(t, ourConn)); d != "" {
					t.Errorf("(-AutoMigrate +ours):\n%s", d)
				}
				same++
			}
			empty(t, conn)
			empty(t, ourConn)
		})
	}
	t.Logf("%d rows the same, %d that fail in both", same, failed)
}

// fixed gives the models without a name one.
type fixed struct {
	schema.Namer
	table string
}

func (f fixed) TableName(string) string { return f.table }
