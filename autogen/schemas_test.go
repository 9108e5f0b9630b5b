package autogen_test

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/op"
)

// Tables in the current schema and in two others, two of one name, with
// references across.
type (
	ShopAccount struct {
		ID     uint
		Name   string      `gorm:"size:50;uniqueIndex;check:chk_name,name <> ''"`
		Orders []ShopOrder `gorm:"foreignKey:AccountID"`
	}
	ShopOrder struct {
		ID        uint
		AccountID uint
		Total     int `gorm:"default:length('ab')"`
	}
	Invoice struct {
		ID      uint
		OrderID uint
		Order   ShopOrder `gorm:"constraint:OnDelete:CASCADE"`
		Orders  []Order   `gorm:"many2many:billing.invoice_orders"`
	}
	Order struct {
		ID        uint
		AccountID uint
		Account   ShopAccount
	}
	// ShopOrderTaxed is ShopOrder with more of it.
	ShopOrderTaxed struct {
		ID        uint
		AccountID uint
		Total     int64 `gorm:"default:length('ab')"`
		Tax       int   `gorm:"not null;index"`
	}
)

func (ShopAccount) TableName() string    { return "shop.accounts" }
func (ShopOrder) TableName() string      { return "shop.orders" }
func (ShopOrderTaxed) TableName() string { return "shop.orders" }
func (Invoice) TableName() string        { return "billing.invoices" }

// schemas are those of the user's, with their tables.
func (p *project) tablesBySchema() []string {
	return p.query(`SELECT n.nspname || ':' || coalesce(string_agg(c.relname, ',' ORDER BY c.relname), '')
		FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r' AND c.relname <> 'limbeck_revisions'
		WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' GROUP BY n.nspname ORDER BY 1`)
}

// TestSchemas: tables with a schema in their name are verified without a
// scratch database, up, down and up, and nothing of that is seen.
func TestSchemas(t *testing.T) {
	p := newPostgresProject(t)
	models := []any{&ShopAccount{}, &ShopOrder{}, &Invoice{}, &Order{}}

	preview, err := autogen.Diff(t.Context(), p.options(models...))
	if err != nil {
		t.Fatal(err)
	}
	var sql []string
	for _, step := range preview.Steps {
		for _, s := range step.Statements {
			sql = append(sql, s.SQL)
		}
	}
	for _, part := range []string{`CREATE SCHEMA IF NOT EXISTS "shop"`, `CREATE TABLE "shop"."orders"`, `REFERENCES "shop"."accounts"`, `CREATE TABLE "orders"`} {
		if !strings.Contains(strings.Join(sql, "\n"), part) {
			t.Errorf("the preview does not have %s", part)
		}
	}
	if strings.Contains(strings.Join(sql, "\n"), "limbeck") {
		t.Errorf("the preview shows where it was tried:\n%s", strings.Join(sql, "\n"))
	}

	verified := func(result autogen.Result) {
		t.Helper()
		if result.Verified == "" {
			t.Errorf("not verified: %s", result.NotVerified)
		}
	}
	verified(p.generate(models...))
	same(t, []string{"public:"}, p.tablesBySchema())
	p.upgrade()
	full := []string{"billing:invoice_orders,invoices", "public:orders", "shop:accounts,orders"}
	same(t, full, p.tablesBySchema())
	agrees := func(models ...any) {
		t.Helper()
		plan, err := autogen.Compare(t.Context(), p.options(models...))
		if err != nil {
			t.Fatal(err)
		}
		same(t, []string(nil), lines(plan.Up))
	}
	agrees(models...)

	p.exec("INSERT INTO shop.accounts (name) VALUES ('a')", "INSERT INTO shop.orders (account_id, total) VALUES (1, 7)")
	models[1] = &ShopOrderTaxed{}
	verified(p.generate(models...))
	p.upgrade()
	agrees(models...)
	same(t, []string{"7 0"}, p.query("SELECT total || ' ' || tax FROM shop.orders"))

	// Back at base the schemas stay, empty: whether they are ours alone, nobody
	// can tell.
	p.downgrade("base")
	same(t, []string{"billing:", "public:", "shop:"}, p.tablesBySchema())
	p.upgrade()
	same(t, full, p.tablesBySchema())
	agrees(models...)
}

// TestSchemasAfterAutoMigrate: what GORM makes is what we find, and take over.
func TestSchemasAfterAutoMigrate(t *testing.T) {
	p := newPostgresProject(t)
	p.exec("CREATE SCHEMA shop", "CREATE SCHEMA billing")
	models := []any{&ShopAccount{}, &ShopOrder{}, &Invoice{}, &Order{}}
	if err := p.db.AutoMigrate(models...); err != nil {
		t.Fatal(err)
	}
	plan, err := autogen.Compare(t.Context(), p.options(models...))
	if err != nil {
		t.Fatal(err)
	}
	same(t, []string(nil), lines(plan.Up))
	result := p.add(autogen.Baseline(t.Context(), p.options(models...)))
	if result.Verified == "" {
		t.Errorf("not verified: %s", result.NotVerified)
	}
}

// TestReferenceToATableThatNobodyHas: what stands only in a live schema cannot
// be tried out, and is not touched.
func TestReferenceToATableThatNobodyHas(t *testing.T) {
	p := newPostgresProject(t)
	p.exec("CREATE SCHEMA legacy", "CREATE TABLE legacy.old (id bigint PRIMARY KEY)",
		"CREATE TABLE orders (id bigserial PRIMARY KEY, account_id bigint REFERENCES legacy.old (id))")
	result, err := autogen.Generate(t.Context(), p.options(&Book{}))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(result.NotVerified, `table "legacy.old"`) {
		t.Errorf("not verified because %q", result.NotVerified)
	}
}

// TestSearchPathOfSeveral: plain names are those of the first schema, and a
// table of the same name behind it is another table.
func TestSearchPathOfSeveral(t *testing.T) {
	p := newPostgresProject(t)
	oneConnection(t, p.db)
	p.exec("CREATE SCHEMA app", "CREATE TABLE public.books (id bigserial PRIMARY KEY, note text)", "SET search_path = app, public")
	result := p.generate(&Book{})
	if result.Verified == "" {
		t.Errorf("not verified: %s", result.NotVerified)
	}
	same(t, []string{"create table books"}, lines(result.Revision.Up))
	p.upgrade()
	same(t, []string{"app:books", "public:books"}, p.tablesBySchema())
	same(t, []string{"id", "note"}, p.query("SELECT attname FROM pg_attribute WHERE attrelid = 'public.books'::regclass AND attnum > 0 ORDER BY 1"))
	same(t, []string{"app, public"}, p.query("SHOW search_path"))
	result = p.generate(&BookWithISBN{})
	if result.Verified == "" {
		t.Errorf("not verified: %s", result.NotVerified)
	}
	p.upgrade()
	p.downgrade("base")
	same(t, []string{"app:", "public:books"}, p.tablesBySchema())
}

// HomeBook states the schema that is the current one.
type HomeBook struct {
	ID    uint
	Title string
}

func (HomeBook) TableName() string { return "public.home_books" }

func TestSchemaThatIsTheCurrentOne(t *testing.T) {
	p := newPostgresProject(t)
	result := p.generate(&HomeBook{})
	if result.Verified == "" {
		t.Errorf("not verified: %s", result.NotVerified)
	}
	if create, ok := result.Revision.Up[0].(op.CreateTable); !ok || create.Name != "public.home_books" {
		t.Errorf("got %v", result.Revision.Up)
	}
	p.upgrade()
	plan, err := autogen.Compare(t.Context(), p.options(&HomeBook{}))
	if err != nil || !plan.Empty() {
		t.Errorf("%v, %v", plan, err)
	}
}
