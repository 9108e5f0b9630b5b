package acceptance

import (
	"slices"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// Nothing is tried out in other databases of a MySQL server, and SQLite has only
// those that are attached by hand.
const (
	untried = "in another database"
	noShop  = "sqlite has no schemas"
)

// schemas are tables in other schemas than the current one (TableName
// "shop.orders"), and on MySQL in other databases. The schema is made with its
// first table and stays, empty, when the last one goes.
func schemas() []change {
	list := slices.Concat(partsInSchema(), tablesInSchema(), referencesAcross(), movesAcross(), enumsInSchema(), viewsInSchema())
	for i, c := range list {
		c = c.apart()
		if c.refused["mysql"] == "" {
			c.unproven = on(c.unproven, "mysql", untried)
		}
		if c.refused["sqlite"] == "" {
			c = c.refuses("sqlite", noShop)
		}
		list[i] = c
	}
	return list
}

// partsInSchema are the columns and what stands on them.
func partsInSchema() []change {
	const i = "index:idx_a"
	a, b := f[string]("A", "size:20"), f[int]("B", "")
	return slices.Concat(
		from("column", a).to(a, b).andBack(),
		from("column with all that can stand on it", b).to(b, f[*string]("A", "size:20;not null;default:x;index;check:a <> '';comment:said")).andBack(),
		of[string]("longer", "size:20", "size:40").andBack(),
		turn[int32, int64]("wider, indexed and unique", "index;unique", "index;unique").andBack(),
		turn[int64, string]("number to text", "", "size:20").andBack()[:1],
		of[string]("default", "size:20", "size:20;default:x").andBack(),
		of[int]("not null", "", "not null").made("shop.things.a", "=", "=", "0").andBack()[:1],
		of[string]("index", "size:20", "size:20;index").andBack(),
		of[string]("another index of the name", "size:20;"+i, "size:20;uniqueIndex:idx_a").andBack(),
		of[int]("index by another name", i, "index:idx_b").andBack(),
		of[int]("index with a predicate", "", i+",where:a > 1").at("sqlite postgres").andBack(),
		of[int]("unique", "", "unique").andBack(),
		of[int]("unique becomes a unique index", "unique", "uniqueIndex").andBack(),
		of[int]("check", "", "check:chk_a,a > 0").andBack(),
		of[int]("another check", "check:chk_a,a > 0", "check:chk_a,a > -5").andBack(),
		of[int]("comment", "comment:old", "comment:new").andBack(),
		from("computed", f[int]("A", "")).to(f[int]("A", ""), f[int64]("G", "->;type:bigint GENERATED ALWAYS AS (a * 2) STORED")).andBack(),
		[]change{
			renaming(from("column renamed", f[string]("A", "size:20;index;unique;check:a <> ''")).to(f[string]("C", "size:20;index;unique;check:c <> ''")),
				diff.Rename{Table: "shop.things", From: "a", To: "c"}),
			renaming(from("key renamed", f[uint]("A", "")).to(f[uint]("C", "")), diff.Rename{Table: "shop.things", From: "a", To: "c"}),
			from("column renamed, unsaid", a).to(f[string]("C", "size:20")).refuses("postgres mysql", "--rename shop.things.a=c"),
			{
				name: "column dropped and another, answered", before: thing(a), after: thing(f[string]("C", "size:20")), drops: []string{"shop.things.a"},
			},
			{
				name: "primary key of two", before: things(f[uint]("ID", "primaryKey;autoIncrement:false"), f[int]("B", "not null")),
				after: things(f[uint]("ID", "primaryKey;autoIncrement:false"), f[int]("B", "primaryKey;autoIncrement:false")),
			},
		},
	)
}

func renaming(c change, renames ...diff.Rename) change {
	c.renames = renames
	return c
}

// tablesInSchema come and go and get another name where they are.
func tablesInSchema() []change {
	type ShopOrder struct {
		ID    uint
		Code  string `gorm:"size:20;not null;uniqueIndex;comment:said"`
		Total int    `gorm:"index;check:total >= 0"`
		UpID  *uint
		Up    *ShopOrder
	}
	type ShopBill struct {
		ID    uint
		Code  string `gorm:"size:20;not null;uniqueIndex;comment:said"`
		Total int    `gorm:"index;check:total >= 0"`
		UpID  *uint
		Up    *ShopBill
	}
	type ShopKept struct{ ID uint }
	type BillingOrder struct {
		ID   uint
		Code string `gorm:"size:9;unique"`
	}
	type Order struct{ ID uint }
	kept := &marker{}
	of := func(name string, before, after []any) change { return change{name: name, before: before, after: after} }
	rename := diff.Rename{From: "shop.orders", To: "shop.bills"}
	return slices.Concat(
		of("table in a schema that is not there", []any{kept}, []any{kept, &ShopOrder{}}).andBack(),
		of("table in a schema that is there", []any{&ShopKept{}}, []any{&ShopKept{}, &ShopOrder{}}).andBack(),
		of("tables of one name in three schemas", []any{kept}, []any{kept, &ShopOrder{}, &BillingOrder{}, &Order{}}).andBack(),
		[]change{
			renaming(of("table renamed", []any{&ShopOrder{}}, []any{&ShopBill{}}), rename),
			of("table renamed, unsaid", []any{&ShopOrder{}}, []any{&ShopBill{}}).refuses("postgres mysql", "--rename-table shop.orders=shop.bills"),
		},
	)
}

// referencesAcross are foreign keys within a schema and to others.
func referencesAcross() []change {
	type ShopOwner struct{ ID uint }
	type Owner struct{ ID uint }
	type Tag struct{ ID uint }
	loose := func(models ...any) []any { return append(thing(f[*uint]("OwnerID", "")), models...) }
	within := append(thing(f[*uint]("OwnerID", ""), f[*ShopOwner]("Owner", "foreignKey:OwnerID")), &ShopOwner{})
	cascading := append(thing(f[*uint]("OwnerID", ""), f[*ShopOwner]("Owner", "foreignKey:OwnerID;constraint:OnDelete:CASCADE")), &ShopOwner{})
	out := append(thing(f[*uint]("OwnerID", ""), f[*Owner]("Owner", "foreignKey:OwnerID")), &Owner{})
	var billing, shop, here, joined, alone []any
	{
		type BillingInvoice struct {
			ID      uint
			OwnerID *uint
			Owner   *ShopOwner
		}
		billing = []any{&BillingInvoice{}, &ShopOwner{}}
	}
	{
		type BillingInvoice struct {
			ID      uint
			OwnerID *uint
		}
		shop = []any{&BillingInvoice{}, &ShopOwner{}}
	}
	{
		type Invoice struct {
			ID      uint
			OwnerID *uint
			Owner   *ShopOwner
		}
		here = []any{&Invoice{}, &ShopOwner{}}
	}
	{
		type ShopOrder struct {
			ID   uint
			Tags []Tag `gorm:"many2many:billing.order_tags"`
		}
		joined = []any{&ShopOrder{}, &Tag{}}
	}
	{
		type ShopOrder struct{ ID uint }
		alone = []any{&ShopOrder{}, &Tag{}}
	}
	held := func(c change, column string) []change { return c.holds(column, "1", "2", "NULL").andBack() }
	return slices.Concat(
		held(change{name: "reference within", before: loose(&ShopOwner{}), after: within}, "shop.things.owner_id"),
		held(change{name: "reference within, other action", before: within, after: cascading}, "shop.things.owner_id"),
		held(change{name: "reference out of the schema", before: loose(&Owner{}), after: out}, "shop.things.owner_id"),
		held(change{name: "reference across", before: shop, after: billing}, "billing.invoices.owner_id"),
		held(change{name: "reference to another table of the name", before: append(out, &ShopOwner{}), after: append(within, &Owner{})}, "shop.things.owner_id"),
		change{name: "both tables, across", before: []any{&marker{}}, after: append(billing, &marker{})}.andBack(),
		change{name: "both tables, into the schema", before: []any{&marker{}}, after: append(here, &marker{})}.andBack(),
		change{name: "join table in a third schema", before: alone, after: joined}.andBack(),
	)
}

// movesAcross are tables that move to another schema.
func movesAcross() []change {
	type Order struct {
		ID   uint
		Code string `gorm:"size:20;not null;default:x;index:idx_code;unique;check:chk_code,code <> ''"`
	}
	type ShopOrder struct {
		ID   uint
		Code string `gorm:"size:20;not null;default:x;index:idx_code;unique;check:chk_code,code <> ''"`
	}
	type BillingOrder struct {
		ID   uint
		Code string `gorm:"size:20;not null;default:x;index:idx_code;unique;check:chk_code,code <> ''"`
	}
	type BillingBill struct {
		ID   uint
		Code string `gorm:"size:20;not null;default:x;index:idx_code;unique;check:chk_code,code <> ''"`
	}
	var before, after []any
	{
		type ShopLine struct {
			ID      uint
			OrderID uint
			Order   *ShopOrder
		}
		before = []any{&ShopLine{}, &ShopOrder{}}
	}
	{
		type ShopLine struct {
			ID      uint
			OrderID uint
			Order   *BillingOrder
		}
		after = []any{&ShopLine{}, &BillingOrder{}}
	}
	var other []any
	{
		type BillingOrder struct {
			ID   uint
			A, B int
			C    string
		}
		other = []any{&BillingOrder{}}
	}
	both := slices.Concat(
		renaming(change{name: "table moves into a schema", before: []any{&Order{}}, after: []any{&ShopOrder{}}}, diff.Rename{From: "orders", To: "shop.orders"}).andBack(),
		renaming(change{name: "table moves", before: []any{&ShopOrder{}}, after: []any{&BillingOrder{}}}, diff.Rename{From: "shop.orders", To: "billing.orders"}).andBack(),
		renaming(change{name: "table moves and is renamed", before: []any{&ShopOrder{}}, after: []any{&BillingBill{}}}, diff.Rename{From: "shop.orders", To: "billing.bills"}).andBack(),
		renaming(change{name: "table that is referred to moves", before: before, after: after}, diff.Rename{From: "shop.orders", To: "billing.orders"}).andBack(),
	)
	for i := 1; i < len(both); i += 2 {
		n := both[i].renames[0]
		both[i].renames = []diff.Rename{{From: n.To, To: n.From}}
	}
	return append(both,
		change{name: "table for another of its name", before: []any{&ShopOrder{}}, after: other, drops: []string{"shop.orders"}},
		change{name: "table moves, unsaid", before: []any{&ShopOrder{}}, after: []any{&BillingOrder{}}}.refuses("postgres mysql", "--rename-table shop.orders=billing.orders"),
		change{name: "table leaves, unsaid", before: []any{&ShopOrder{}}, after: []any{&Order{}}}.refuses("postgres mysql", "--rename-table shop.orders=orders"),
		change{name: "table moves and is another one, unsaid", before: []any{&ShopOrder{}}, after: other}.refuses("postgres mysql", "--rename-table shop.orders=billing.orders"),
	)
}

// enumsInSchema are types of the server that have a schema.
func enumsInSchema() []change {
	enum := func(name string, values ...string) op.Enum { return op.Enum{Name: name, Values: values} }
	plain := func(typ string) []any { return thing(f[string]("A", "type:"+typ)) }
	held := []string{"'new'", "'lost'", "NULL"}
	base := beside(plain("shop.state"), enum("shop.state", "new", "lost"))
	list := []change{
		{name: "enum, with its column", before: thing(), after: base},
		{name: "enum, dropped with its column", before: base, after: thing()},
		{name: "enum, another value", before: base, after: beside(plain("shop.state"), enum("shop.state", "new", "sent", "lost"))},
		{name: "enum, a value less", before: beside(plain("shop.state"), enum("shop.state", "new", "sent", "lost")), after: base},
		{name: "enum of another schema", before: thing(), after: beside(plain("billing.state"), enum("billing.state", "new", "lost"))},
		renaming(change{name: "enum renamed", before: base, after: beside(plain("shop.phase"), enum("shop.phase", "new", "lost"))}, diff.Rename{From: "shop.state", To: "shop.phase"}),
		renaming(change{name: "enum moves", before: base, after: beside(plain("billing.state"), enum("billing.state", "new", "lost"))}, diff.Rename{From: "shop.state", To: "billing.state"}),
	}
	for i := range list {
		list[i] = list[i].at("postgres").holds("shop.things.a", held...)
		list[i].unproven = map[string]string{"postgres": "its schema is that of the live database"}
	}
	return list
}

// viewsInSchema are queries that have a schema.
func viewsInSchema() []change {
	base := thing(f[string]("A", "size:20"), f[int]("B", ""))
	v := op.View{Name: "shop.v", SQL: "SELECT id, a FROM shop.things"}
	w := op.View{Name: "billing.w", SQL: "SELECT a FROM shop.v"}
	list := slices.Concat(
		change{name: "view", before: base, after: beside(base, v)}.andBack(),
		change{name: "view over a view of another schema", before: base, after: beside(base, v, w)}.andBack(),
		change{name: "longer column below views", before: beside(base, v, w), after: beside(thing(f[string]("A", "size:40"), f[int]("B", "")), v, w)}.andBack(),
		change{name: "another view", before: beside(base, v, w), after: beside(base, op.View{Name: "shop.v", SQL: "SELECT b, a FROM shop.things"}, w)}.andBack(),
	)
	for i := range list {
		list[i].unproven = map[string]string{"postgres": `for view "shop.v": its schema is that of the live database`}
	}
	return list
}
