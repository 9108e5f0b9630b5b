package models_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/examples/shop/models"
)

func TestAutoMigrateTwice(t *testing.T) {
	db := migrated(t)
	first := ddl(t, db)
	if err := db.AutoMigrate(models.All()...); err != nil {
		t.Fatalf("second run: %v", err)
	}
	if diff := cmp.Diff(first, ddl(t, db)); diff != "" {
		t.Errorf("the second run changed the schema (-first +second):\n%s", diff)
	}
}

// The join model declares its own relations, so that forgetting Setup costs a
// program no foreign keys.
func TestSchemaIsTheSameWithoutSetup(t *testing.T) {
	db := open(t)
	if err := db.AutoMigrate(models.All()...); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ddl(t, migrated(t)), ddl(t, db)); diff != "" {
		t.Errorf("(-with Setup +without):\n%s", diff)
	}
}

func TestForeignKeys(t *testing.T) {
	want := []string{
		"categories(parent_id) -> categories(id) delete CASCADE",
		"comments(answered_id) -> comments(id) delete CASCADE",
		"comments(author_id) -> customers(id) delete CASCADE",
		"employees(manager_number) -> employees(number) delete SET NULL update CASCADE",
		"order_coupons(code) -> coupons(code)",
		"order_coupons(order_id) -> orders(id)",
		"order_lines(order_id) -> orders(id) delete CASCADE",
		"order_lines(product_id) -> products(id) delete RESTRICT",
		"orders(customer_id) -> customers(id) delete RESTRICT update CASCADE",
		"orders(handler_number) -> employees(number) delete SET NULL update CASCADE",
		"payments(order_id) -> orders(id) delete RESTRICT",
		"product_categories(category_id) -> categories(id) delete CASCADE",
		"product_categories(product_id) -> products(id) delete CASCADE",
		"product_tags(product_id) -> products(id) delete CASCADE",
		"product_tags(tag_id) -> tags(id) delete CASCADE",
		"products(brand_id) -> brands(id) delete SET NULL",
		"profiles(customer_id) -> customers(id) delete CASCADE",
		"refunds(order_id,line_number) -> order_lines(order_id,line_number) delete CASCADE update CASCADE",
		"related_products(product_id) -> products(id) delete CASCADE",
		"related_products(related_id) -> products(id) delete CASCADE",
		"stock_levels(product_id) -> products(id) delete CASCADE",
		"stock_levels(warehouse_id) -> warehouses(id) delete RESTRICT",
	}
	if diff := cmp.Diff(want, foreignKeys(t, migrated(t))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

var spaces = regexp.MustCompile(`\s+`)

// ddl returns what the database says it was made of, sorted. Quotes and spaces
// are taken out, and the elements of a table are sorted: GORM's driver rebuilds
// the table coupons at every start, because of its expression default, and
// writes constraints in a random order.
func ddl(t *testing.T, db *gorm.DB) []string {
	t.Helper()
	var list []string
	if err := db.Raw(`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL`).Scan(&list).Error; err != nil {
		t.Fatal(err)
	}
	for i, sql := range list {
		sql = strings.NewReplacer("`", "", `"`, "", ", ", ",").Replace(sql)
		sql = spaces.ReplaceAllString(sql, " ")
		elements := strings.Split(sql, ",CONSTRAINT ")
		// The parenthesis that closes the table stands at the last element.
		last := len(elements) - 1
		elements[last] = strings.TrimSuffix(elements[last], ")")
		slices.Sort(elements[1:])
		list[i] = strings.Join(elements, ",CONSTRAINT ")
	}
	slices.Sort(list)
	return list
}

func foreignKeys(t *testing.T, db *gorm.DB) []string {
	t.Helper()
	var list []string
	err := db.Raw(`
		SELECT tables.name || '(' || group_concat(k."from", ',') || ') -> '
			|| k."table" || '(' || group_concat(k."to", ',') || ')'
			|| iif(k.on_delete = 'NO ACTION', '', ' delete ' || k.on_delete)
			|| iif(k.on_update = 'NO ACTION', '', ' update ' || k.on_update)
		FROM sqlite_master AS tables, pragma_foreign_key_list(tables.name) AS k
		WHERE tables.type = 'table'
		GROUP BY tables.name, k.id
		ORDER BY 1`).Scan(&list).Error
	if err != nil {
		t.Fatal(err)
	}
	return list
}
