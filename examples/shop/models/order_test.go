package models_test

import (
	"database/sql"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/examples/shop/models"
)

// order returns an order of two lines with everything around it.
func order() *models.Order {
	tea := &models.Product{
		SKU:        "TEA-1",
		Name:       "Green tea",
		Price:      4.5,
		Brand:      &models.Brand{Name: "Leaf"},
		Categories: []models.Category{{Name: "Drinks", Children: []models.Category{{Name: "Tea"}}}},
		Tags:       []models.Tag{{Word: "organic"}},
		Images:     []models.Image{{URL: "https://shop.example/tea.jpg", Checksum: []byte{1, 2}}},
		Attributes: map[string]any{"origin": "Uji", "organic": true},
	}
	cup := &models.Product{SKU: "CUP-1", Name: "Cup", Price: 12, Related: []*models.Product{tea}}
	ada := &models.Customer{
		Email:    "ada@shop.example",
		Name:     "Ada",
		Phone:    sql.NullString{String: "+44 20", Valid: true},
		Billing:  models.Address{City: "London", Country: "GB"},
		Shipping: models.Address{City: "Paris", Country: "FR"},
		Profile:  &models.Profile{Preferences: map[string]string{"theme": "dark"}},
	}
	return &models.Order{
		Number:   "2026-1",
		Customer: ada,
		Handler:  &models.Employee{Number: 7, Name: "Grace", Salary: 1, HiredOn: day(2020, 1, 2)},
		Shipping: ada.Shipping,
		Lines: []models.OrderLine{
			{LineNumber: 1, Product: tea, Quantity: 2, UnitPrice: 4.5},
			{LineNumber: 2, Product: cup, UnitPrice: 12},
		},
		Payment: &models.Payment{
			Provider: "bank", Reference: "r1", Amount: 21,
			Remark: sql.Null[string]{V: "thanks", Valid: true},
		},
		Coupons:  []models.Coupon{{Code: "WELCOME", Percent: 5}},
		Comments: []models.Comment{{Body: "ring twice", Author: ada}},
	}
}

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func TestOrderRoundTrip(t *testing.T) {
	db := migrated(t)
	if err := db.Create(order()).Error; err != nil {
		t.Fatal(err)
	}

	var got models.Order
	err := db.Preload("Customer.Profile").Preload("Handler").Preload("Payment").Preload("Coupons").
		Preload("Comments.Author").Preload("Lines.Product.Brand").Preload("Lines.Product.Tags").
		Preload("Lines.Product.Categories.Children").Preload("Lines.Product.Images").
		Preload("Lines.Product.Related").
		First(&got, "number = ?", "2026-1").Error
	if err != nil {
		t.Fatal(err)
	}

	if got.PlacedAt.IsZero() || got.CreatedAt.IsZero() {
		t.Errorf("PlacedAt = %v, CreatedAt = %v, want both set", got.PlacedAt, got.CreatedAt)
	}
	if len(got.Lines) != 2 || len(got.Coupons) != 1 || len(got.Comments) != 1 {
		t.Fatalf("got %d lines, %d coupons, %d comments, want 2, 1, 1",
			len(got.Lines), len(got.Coupons), len(got.Comments))
	}
	tea, cup := got.Lines[0].Product, got.Lines[1].Product
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"default status", got.Status, models.OrderPending},
		{"default currency", got.Currency, "EUR"},
		{"customer", got.Customer.Email, "ada@shop.example"},
		{"billing city", got.Customer.Billing.City, "London"},
		{"shipping city", got.Customer.Shipping.City, "Paris"},
		{"copied shipping country", got.Shipping.Country, "FR"},
		{"phone", got.Customer.Phone, sql.NullString{String: "+44 20", Valid: true}},
		{"birthday", got.Customer.Born, sql.NullTime{}},
		{"preferences", got.Customer.Profile.Preferences, map[string]string{"theme": "dark"}},
		{"handler", got.Handler.HiredOn.UTC(), day(2020, 1, 2)},
		{"payment", got.Payment.Amount, 21.0},
		{"remark", got.Payment.Remark, sql.Null[string]{V: "thanks", Valid: true}},
		{"fee", got.Payment.Fee, sql.NullFloat64{}},
		{"coupon", got.Coupons[0].Code, "WELCOME"},
		{"coupon's first day", got.Coupons[0].ValidFrom.IsZero(), false},
		{"comment's author", got.Comments[0].Author.Name, "Ada"},
		{"comment's subject", got.Comments[0].SubjectType, "order"},
		{"given quantity", got.Lines[0].Quantity, 2},
		{"default quantity", got.Lines[1].Quantity, 1},
		{"brand", tea.Brand.Name, "Leaf"},
		{"attributes", tea.Attributes, map[string]any{"origin": "Uji", "organic": true}},
		{"default rate", tea.VATRate, 0.19},
		{"default flag", *tea.Active, true},
		{"tag", tea.Tags[0].Word, "organic"},
		{"subcategory", tea.Categories[0].Children[0].Name, "Tea"},
		{"image", tea.Images[0].Checksum, []byte{1, 2}},
		{"image's owner", tea.Images[0].OwnerType, "products"},
		{"related product", cup.Related[0].SKU, "TEA-1"},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}

	var join models.ProductTag
	if err := db.First(&join, "product_id = ?", tea.ID).Error; err != nil {
		t.Fatal(err)
	}
	if join.Weight != 0.5 || join.CreatedAt.IsZero() {
		t.Errorf("join row has weight %v, created at %v; want 0.5 and a time", join.Weight, join.CreatedAt)
	}
}

func TestRefundFindsItsLine(t *testing.T) {
	db := migrated(t)
	o := order()
	if err := db.Create(o).Error; err != nil {
		t.Fatal(err)
	}
	refund := models.Refund{OrderID: o.ID, LineNumber: 2, Amount: 12, Reason: "broken"}
	if err := db.Create(&refund).Error; err != nil {
		t.Fatal(err)
	}
	var got models.Refund
	if err := db.Preload("Line.Product").First(&got, refund.ID).Error; err != nil {
		t.Fatal(err)
	}
	if got.Line.Product.SKU != "CUP-1" {
		t.Errorf("the refund is for %q, want %q", got.Line.Product.SKU, "CUP-1")
	}
	stray := models.Refund{OrderID: o.ID, LineNumber: 9, Amount: 1, Reason: "no such line"}
	if err := db.Create(&stray).Error; err == nil {
		t.Error("a refund for a line that is not there was stored")
	}
}

func TestSoftDelete(t *testing.T) {
	db := migrated(t)
	first := models.Product{SKU: "A", Name: "first"}
	if err := db.Create(&first).Error; err != nil {
		t.Fatal(err)
	}
	if err := db.Create(&models.Product{SKU: "A", Name: "too early"}).Error; err == nil {
		t.Error("two living products have one SKU")
	}
	if err := db.Delete(&first).Error; err != nil {
		t.Fatal(err)
	}
	if err := db.First(&models.Product{}, first.ID).Error; !errors.Is(err, gorm.ErrRecordNotFound) {
		t.Errorf("reading a deleted product: got %v, want %v", err, gorm.ErrRecordNotFound)
	}
	if err := db.Create(&models.Product{SKU: "A", Name: "second"}).Error; err != nil {
		t.Errorf("using the SKU of a deleted product: %v", err)
	}
}

func TestRulesOfTheDatabase(t *testing.T) {
	db := migrated(t)
	o := order()
	if err := db.Create(o).Error; err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, sql, want string }{
		{"named check", `UPDATE products SET price = -1`, "CHECK constraint failed: products_price_not_negative"},
		{"unnamed check", `UPDATE products SET discount = 91`, "CHECK constraint failed: chk_products_discount"},
		{"check of a list", `UPDATE orders SET status = 'lost'`, "CHECK constraint failed: orders_status_known"},
		{"check of two columns", `UPDATE categories SET parent_id = id`, "CHECK constraint failed: chk_categories_parent_id"},
		{"unique", `INSERT INTO customers (email, name, created_at, updated_at) SELECT email, name, 0, 0 FROM customers`,
			"UNIQUE constraint failed: customers.email"},
		{"unique index", `INSERT INTO payments (created_at, updated_at, order_id, provider, reference, amount)
			SELECT 0, 0, order_id, 'x', 'y', 1 FROM payments`, "UNIQUE constraint failed: payments.order_id"},
		{"unique index of two columns", `INSERT INTO categories (name, parent_id, created_at, updated_at)
			SELECT name, parent_id, 0, 0 FROM categories WHERE parent_id IS NOT NULL`,
			"UNIQUE constraint failed: categories.parent_id, categories.name"},
		{"key of two columns", `UPDATE order_lines SET line_number = 1`,
			"UNIQUE constraint failed: order_lines.order_id, order_lines.line_number"},
		{"foreign key", `INSERT INTO stock_levels (warehouse_id, product_id) VALUES (99, 1)`, "FOREIGN KEY constraint failed"},
		{"restricting foreign key", `DELETE FROM customers`, "FOREIGN KEY constraint failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := db.Exec(c.sql).Error; err == nil || err.Error() != c.want {
				t.Errorf("%s: got error %v, want %s", c.sql, err, c.want)
			}
		})
	}
	if err := db.Exec(`DELETE FROM brands`).Error; err != nil {
		t.Fatal(err)
	}
	var branded int64
	if err := db.Model(&models.Product{}).Where("brand_id IS NOT NULL").Count(&branded).Error; err != nil {
		t.Fatal(err)
	}
	if branded != 0 {
		t.Errorf("%d products still name a brand that was deleted", branded)
	}
}
