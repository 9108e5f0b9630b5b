package migrations

import "github.com/go-limbeck/limbeck/op"

// Create the shop.
//
// Verified: up, down, up on sqlite 3.49.1.
func init() {
	Revisions.Add(op.Revision{
		ID:      "9fd28d9e6691",
		Created: "2026-11-23T04:28:30Z",
		Message: "create the shop",
		Up: op.List{
			op.CreateTable{
				Name: "brands",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "created_at", Type: op.Time(3), NotNull: true},
					{Name: "updated_at", Type: op.Time(3), NotNull: true},
					{Name: "name", Type: op.String(100), NotNull: true},
					{Name: "website", Type: op.String(255)},
				},
				PrimaryKey: op.Columns("id"),
				Uniques: []op.Unique{
					{Name: "uni_brands_name", Columns: op.Columns("name")},
				},
			},
			op.CreateTable{
				Name: "categories",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "created_at", Type: op.Time(3), NotNull: true},
					{Name: "updated_at", Type: op.Time(3), NotNull: true},
					{Name: "name", Type: op.String(100), NotNull: true},
					{Name: "parent_id", Type: op.Uint(64)},
					{Name: "position", Type: op.Int(16), NotNull: true, Default: op.Literal(0)},
				},
				PrimaryKey: op.Columns("id"),
				Indexes: []op.Index{
					{
						Name:    "idx_categories_sibling",
						Unique:  true,
						Columns: op.Columns("parent_id", "name"),
					},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_categories_children",
						Columns:    []string{"parent_id"},
						RefTable:   "categories",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
				},
				Checks: []op.Check{
					{Name: "chk_categories_parent_id", Expr: "parent_id <> id"},
				},
			},
			op.CreateTable{
				Name: "coupons",
				Columns: []op.Column{
					{Name: "code", Type: op.String(20)},
					{Name: "percent", Type: op.Uint(8), NotNull: true, Default: op.Literal(10)},
					{
						Name:    "valid_from",
						Type:    op.Raw("date"),
						NotNull: true,
						Default: op.Expr("(CURRENT_DATE)"),
					},
					{Name: "valid_to", Type: op.Raw("date")},
					{Name: "max_uses", Type: op.Uint(32)},
				},
				PrimaryKey: op.Columns("code"),
				Checks: []op.Check{
					{Name: "chk_coupons_percent", Expr: "percent BETWEEN 1 AND 100"},
				},
			},
			op.CreateTable{
				Name: "customers",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "created_at", Type: op.Time(3), NotNull: true},
					{Name: "updated_at", Type: op.Time(3), NotNull: true},
					{Name: "deleted_at", Type: op.Time()},
					{Name: "email", Type: op.String(254), NotNull: true},
					{Name: "name", Type: op.String(100), NotNull: true},
					{Name: "nickname", Type: op.String(50)},
					{Name: "phone", Type: op.String(32), Comment: "in international form"},
					{Name: "born", Type: op.Raw("date")},
					{
						Name:    "newsletter",
						Type:    op.Bool(),
						NotNull: true,
						Default: op.Literal(false),
					},
					{
						Name:    "language",
						Type:    op.String(8),
						NotNull: true,
						Default: op.Literal("en"),
					},
					{Name: "billing_street", Type: op.String(200)},
					{Name: "billing_postal_code", Type: op.String(16)},
					{Name: "billing_city", Type: op.String(100)},
					{Name: "billing_country", Type: op.Raw("char(2)"), Comment: "ISO country code"},
					{Name: "shipping_street", Type: op.String(200)},
					{Name: "shipping_postal_code", Type: op.String(16)},
					{Name: "shipping_city", Type: op.String(100)},
					{
						Name:    "shipping_country",
						Type:    op.Raw("char(2)"),
						Comment: "ISO country code",
					},
				},
				PrimaryKey: op.Columns("id"),
				Uniques: []op.Unique{
					{Name: "uni_customers_email", Columns: op.Columns("email")},
				},
				Indexes: []op.Index{
					{Name: "idx_customers_deleted_at", Columns: op.Columns("deleted_at")},
					{
						Name: "idx_customers_email_lower",
						Columns: []op.KeyPart{
							{Expr: "lower(email)"},
						},
					},
					{
						Name: "idx_customers_name",
						Columns: []op.KeyPart{
							{Column: "name", Collate: "NOCASE"},
						},
					},
				},
			},
			op.CreateTable{
				Name: "comments",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "created_at", Type: op.Int(64), NotNull: true},
					{Name: "subject_type", Type: op.String(20), NotNull: true},
					{Name: "subject_id", Type: op.Uint(64), NotNull: true},
					{Name: "body", Type: op.Raw("text"), NotNull: true},
					{Name: "stars", Type: op.Uint(8)},
					{Name: "author_id", Type: op.Uint(64), NotNull: true},
					{Name: "answered_id", Type: op.Uint(64)},
				},
				PrimaryKey: op.Columns("id"),
				Indexes: []op.Index{
					{Name: "idx_comments_author_id", Columns: op.Columns("author_id")},
					{
						Name: "idx_comments_created_at",
						Columns: []op.KeyPart{
							{Column: "created_at", Desc: true},
						},
					},
					{
						Name:    "idx_comments_subject",
						Columns: op.Columns("subject_type", "subject_id"),
					},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_comments_answers",
						Columns:    []string{"answered_id"},
						RefTable:   "comments",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
					{
						Name:       "fk_comments_author",
						Columns:    []string{"author_id"},
						RefTable:   "customers",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
				},
				Checks: []op.Check{
					{Name: "chk_comments_body", Expr: "length(body) > 0"},
					{Name: "comments_stars_range", Expr: "stars BETWEEN 1 AND 5"},
				},
			},
			op.CreateTable{
				Name: "employees",
				Columns: []op.Column{
					{Name: "number", Type: op.Int(32)},
					{Name: "name", Type: op.String(100), NotNull: true},
					{Name: "salary", Type: op.Decimal(10, 2), NotNull: true},
					{Name: "hired_on", Type: op.Raw("date"), NotNull: true},
					{Name: "manager_number", Type: op.Int(32)},
				},
				PrimaryKey: op.Columns("number"),
				Indexes: []op.Index{
					{Name: "idx_employees_manager_number", Columns: op.Columns("manager_number")},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_employees_manager",
						Columns:    []string{"manager_number"},
						RefTable:   "employees",
						RefColumns: []string{"number"},
						OnDelete:   "SET NULL",
						OnUpdate:   "CASCADE",
					},
				},
				Checks: []op.Check{
					{Name: "employees_paid", Expr: "salary > 0"},
				},
			},
			op.CreateTable{
				Name: "images",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "created_at", Type: op.Time(3), NotNull: true},
					{Name: "updated_at", Type: op.Time(3), NotNull: true},
					{Name: "owner_type", Type: op.String(40), NotNull: true},
					{Name: "owner_id", Type: op.Uint(64), NotNull: true},
					{Name: "url", Type: op.String(500), NotNull: true},
					{
						Name:    "alt_text",
						Type:    op.String(200),
						NotNull: true,
						Default: op.Literal(""),
					},
					{Name: "width", Type: op.Uint(16)},
					{Name: "height", Type: op.Uint(16)},
					{Name: "checksum", Type: op.Bytes(32)},
					{Name: "thumbnail", Type: op.Bytes()},
				},
				PrimaryKey: op.Columns("id"),
				Indexes: []op.Index{
					{Name: "idx_images_checksum", Unique: true, Columns: op.Columns("checksum")},
					{Name: "idx_images_owner", Columns: op.Columns("owner_type", "owner_id")},
				},
			},
			op.CreateTable{
				Name: "orders",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "created_at", Type: op.Time(3), NotNull: true},
					{Name: "updated_at", Type: op.Time(3), NotNull: true},
					{Name: "deleted_at", Type: op.Time()},
					{Name: "number", Type: op.String(20), NotNull: true},
					{
						Name:    "status",
						Type:    op.String(16),
						NotNull: true,
						Default: op.Literal("pending"),
					},
					{
						Name:    "placed_at",
						Type:    op.Time(0),
						NotNull: true,
						Default: op.Expr("CURRENT_TIMESTAMP"),
					},
					{
						Name:    "currency",
						Type:    op.Raw("char(3)"),
						NotNull: true,
						Default: op.Literal("EUR"),
					},
					{Name: "gift", Type: op.Bool(), NotNull: true, Default: op.Literal(false)},
					{Name: "shipping_street", Type: op.String(200)},
					{Name: "shipping_postal_code", Type: op.String(16)},
					{Name: "shipping_city", Type: op.String(100)},
					{
						Name:    "shipping_country",
						Type:    op.Raw("char(2)"),
						Comment: "ISO country code",
					},
					{Name: "customer_id", Type: op.Uint(64), NotNull: true},
					{Name: "handler_number", Type: op.Int(32)},
				},
				PrimaryKey: op.Columns("id"),
				Indexes: []op.Index{
					{Name: "idx_orders_deleted_at", Columns: op.Columns("deleted_at")},
					{
						Name: "idx_orders_history",
						Columns: []op.KeyPart{
							{Column: "customer_id"},
							{Column: "placed_at", Desc: true},
						},
					},
					{Name: "idx_orders_number", Unique: true, Columns: op.Columns("number")},
					{
						Name:    "idx_orders_open",
						Columns: op.Columns("status"),
						Where:   "status <> 'shipped'",
					},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_orders_customer",
						Columns:    []string{"customer_id"},
						RefTable:   "customers",
						RefColumns: []string{"id"},
						OnDelete:   "RESTRICT",
						OnUpdate:   "CASCADE",
					},
					{
						Name:       "fk_orders_handler",
						Columns:    []string{"handler_number"},
						RefTable:   "employees",
						RefColumns: []string{"number"},
						OnDelete:   "SET NULL",
						OnUpdate:   "CASCADE",
					},
				},
				Checks: []op.Check{
					{Name: "orders_status_known", Expr: "status IN ('pending','paid','shipped')"},
				},
			},
			op.CreateTable{
				Name: "order_coupons",
				Columns: []op.Column{
					{Name: "order_id", Type: op.Uint(64)},
					{Name: "code", Type: op.String(20)},
				},
				PrimaryKey: op.Columns("order_id", "code"),
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_order_coupons_coupon",
						Columns:    []string{"code"},
						RefTable:   "coupons",
						RefColumns: []string{"code"},
					},
					{
						Name:       "fk_order_coupons_order",
						Columns:    []string{"order_id"},
						RefTable:   "orders",
						RefColumns: []string{"id"},
					},
				},
			},
			op.CreateTable{
				Name: "payments",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "created_at", Type: op.Time(3), NotNull: true},
					{Name: "updated_at", Type: op.Time(3), NotNull: true},
					{Name: "order_id", Type: op.Uint(64), NotNull: true},
					{Name: "provider", Type: op.String(40), NotNull: true},
					{Name: "reference", Type: op.String(100), NotNull: true},
					{Name: "amount", Type: op.Decimal(12, 2), NotNull: true},
					{Name: "fee", Type: op.Decimal(12, 2)},
					{Name: "captured", Type: op.Bool()},
					{Name: "parts", Type: op.Int(16)},
					{Name: "clerk", Type: op.Int(32)},
					{Name: "batch", Type: op.Int(64)},
					{Name: "risk", Type: op.Uint(8)},
					{Name: "paid_at", Type: op.Time(6)},
					{Name: "remark", Type: op.Text()},
					{Name: "signature", Type: op.Bytes()},
					{Name: "answer", Type: op.Bytes()},
				},
				PrimaryKey: op.Columns("id"),
				Indexes: []op.Index{
					{Name: "idx_payments_order_id", Unique: true, Columns: op.Columns("order_id")},
					{
						Name:    "idx_payments_reference",
						Unique:  true,
						Columns: op.Columns("provider", "reference"),
					},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_orders_payment",
						Columns:    []string{"order_id"},
						RefTable:   "orders",
						RefColumns: []string{"id"},
						OnDelete:   "RESTRICT",
					},
				},
				Checks: []op.Check{
					{Name: "chk_payments_amount", Expr: "amount <> 0"},
				},
			},
			op.CreateTable{
				Name: "products",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "created_at", Type: op.Time(3), NotNull: true},
					{Name: "updated_at", Type: op.Time(3), NotNull: true},
					{Name: "deleted_at", Type: op.Time()},
					{Name: "sku", Type: op.String(32), NotNull: true},
					{Name: "name", Type: op.String(200), NotNull: true},
					{Name: "subtitle", Type: op.String(200)},
					{Name: "description", Type: op.Raw("text")},
					{Name: "price", Type: op.Decimal(12, 2), NotNull: true},
					{Name: "brand_id", Type: op.Uint(64)},
					{
						Name:    "vat_rate",
						Type:    op.Decimal(4, 3),
						NotNull: true,
						Default: op.Literal(0.19),
					},
					{
						Name:    "grams",
						Type:    op.Uint(32),
						NotNull: true,
						Default: op.Literal(0),
						Comment: "weight with the package",
					},
					{Name: "discount", Type: op.Int(8), NotNull: true, Default: op.Literal(0)},
					{Name: "active", Type: op.Bool(), NotNull: true, Default: op.Literal(true)},
					{Name: "attributes", Type: op.Text()},
				},
				PrimaryKey: op.Columns("id"),
				Indexes: []op.Index{
					{
						Name:    "idx_products_active",
						Columns: op.Columns("active"),
						Where:   "active = true",
						Comment: "what the shop window reads",
					},
					{
						Name: "idx_products_brand_price",
						Columns: []op.KeyPart{
							{Column: "brand_id"},
							{Column: "price", Desc: true},
						},
					},
					{Name: "idx_products_deleted_at", Columns: op.Columns("deleted_at")},
					{
						Name: "idx_products_description",
						Columns: []op.KeyPart{
							{Column: "description", Length: 40},
						},
					},
					{
						Name: "idx_products_heading",
						Columns: []op.KeyPart{
							{Expr: "coalesce(subtitle,name)"},
						},
					},
					{
						Name:    "idx_products_live_sku",
						Unique:  true,
						Columns: op.Columns("sku"),
						Where:   "deleted_at IS NULL",
					},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_brands_products",
						Columns:    []string{"brand_id"},
						RefTable:   "brands",
						RefColumns: []string{"id"},
						OnDelete:   "SET NULL",
					},
				},
				Checks: []op.Check{
					{Name: "chk_products_discount", Expr: "discount BETWEEN 0 AND 90"},
					{Name: "products_price_not_negative", Expr: "price >= 0"},
				},
			},
			op.CreateTable{
				Name: "order_lines",
				Columns: []op.Column{
					{Name: "order_id", Type: op.Uint(64)},
					{Name: "line_number", Type: op.Uint(16)},
					{Name: "quantity", Type: op.Int(64), NotNull: true, Default: op.Literal(1)},
					{Name: "unit_price", Type: op.Decimal(12, 2), NotNull: true},
					{Name: "product_id", Type: op.Uint(64), NotNull: true},
				},
				PrimaryKey: op.Columns("order_id", "line_number"),
				Indexes: []op.Index{
					{Name: "idx_order_lines_product_id", Columns: op.Columns("product_id")},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_order_lines_product",
						Columns:    []string{"product_id"},
						RefTable:   "products",
						RefColumns: []string{"id"},
						OnDelete:   "RESTRICT",
					},
					{
						Name:       "fk_orders_lines",
						Columns:    []string{"order_id"},
						RefTable:   "orders",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
				},
				Checks: []op.Check{
					{Name: "chk_order_lines_line_number", Expr: "line_number > 0"},
					{Name: "order_lines_some_pieces", Expr: "quantity > 0"},
				},
			},
			op.CreateTable{
				Name: "product_categories",
				Columns: []op.Column{
					{Name: "product_id", Type: op.Uint(64)},
					{Name: "category_id", Type: op.Uint(64)},
				},
				PrimaryKey: op.Columns("product_id", "category_id"),
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_product_categories_category",
						Columns:    []string{"category_id"},
						RefTable:   "categories",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
					{
						Name:       "fk_product_categories_product",
						Columns:    []string{"product_id"},
						RefTable:   "products",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
				},
			},
			op.CreateTable{
				Name: "profiles",
				Columns: []op.Column{
					{Name: "customer_id", Type: op.Uint(64)},
					{Name: "biography", Type: op.Raw("text")},
					{Name: "preferences", Type: op.Text()},
				},
				PrimaryKey: op.Columns("customer_id"),
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_customers_profile",
						Columns:    []string{"customer_id"},
						RefTable:   "customers",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
				},
			},
			op.CreateTable{
				Name: "refunds",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "created_at", Type: op.Time(3), NotNull: true},
					{Name: "updated_at", Type: op.Time(3), NotNull: true},
					{Name: "order_id", Type: op.Uint(64), NotNull: true},
					{Name: "line_number", Type: op.Uint(16), NotNull: true},
					{Name: "pieces", Type: op.Int(64), NotNull: true, Default: op.Literal(1)},
					{Name: "amount", Type: op.Decimal(12, 2), NotNull: true},
					{Name: "reason", Type: op.String(200), NotNull: true},
					{Name: "approved_by", Type: op.Int(32)},
				},
				PrimaryKey: op.Columns("id"),
				Indexes: []op.Index{
					{Name: "idx_refunds_line", Columns: op.Columns("order_id", "line_number")},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_refunds_line",
						Columns:    []string{"order_id", "line_number"},
						RefTable:   "order_lines",
						RefColumns: []string{"order_id", "line_number"},
						OnDelete:   "CASCADE",
						OnUpdate:   "CASCADE",
					},
				},
			},
			op.CreateTable{
				Name: "related_products",
				Columns: []op.Column{
					{Name: "product_id", Type: op.Uint(64)},
					{Name: "related_id", Type: op.Uint(64)},
				},
				PrimaryKey: op.Columns("product_id", "related_id"),
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_related_products_product",
						Columns:    []string{"product_id"},
						RefTable:   "products",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
					{
						Name:       "fk_related_products_related",
						Columns:    []string{"related_id"},
						RefTable:   "products",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
				},
			},
			op.CreateTable{
				Name: "tags",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(32), AutoIncrement: true},
					{Name: "word", Type: op.String(40), NotNull: true},
				},
				PrimaryKey: op.Columns("id"),
				Indexes: []op.Index{
					{Name: "idx_tags_word", Unique: true, Columns: op.Columns("word")},
				},
			},
			op.CreateTable{
				Name: "product_tags",
				Columns: []op.Column{
					{Name: "product_id", Type: op.Uint(64)},
					{Name: "tag_id", Type: op.Uint(32)},
					{Name: "weight", Type: op.Float(64), NotNull: true, Default: op.Literal(0.5)},
					{Name: "created_at", Type: op.Time(6)},
				},
				PrimaryKey: op.Columns("product_id", "tag_id"),
				Indexes: []op.Index{
					{Name: "idx_product_tags_tag_id", Columns: op.Columns("tag_id")},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_product_tags_product",
						Columns:    []string{"product_id"},
						RefTable:   "products",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
					{
						Name:       "fk_product_tags_tag",
						Columns:    []string{"tag_id"},
						RefTable:   "tags",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
				},
			},
			op.CreateTable{
				Name: "warehouses",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(16), AutoIncrement: true},
					{Name: "name", Type: op.String(100), NotNull: true},
					{Name: "street", Type: op.String(200)},
					{Name: "postal_code", Type: op.String(16)},
					{Name: "city", Type: op.String(100)},
					{Name: "country", Type: op.Raw("char(2)"), Comment: "ISO country code"},
					{
						Name:    "handling",
						Type:    op.Int(64),
						NotNull: true,
						Default: op.Literal(int64(86400000000000)),
					},
				},
				PrimaryKey: op.Columns("id"),
				Uniques: []op.Unique{
					{Name: "uni_warehouses_name", Columns: op.Columns("name")},
				},
			},
			op.CreateTable{
				Name: "stock_levels",
				Columns: []op.Column{
					{Name: "warehouse_id", Type: op.Uint(16)},
					{Name: "product_id", Type: op.Uint(64)},
					{Name: "pieces", Type: op.Int(64), NotNull: true, Default: op.Literal(0)},
					{Name: "reserved", Type: op.Int(64), NotNull: true, Default: op.Literal(0)},
					{Name: "counted_at", Type: op.Time(0)},
				},
				PrimaryKey: op.Columns("warehouse_id", "product_id"),
				Indexes: []op.Index{
					{Name: "idx_stock_levels_product_id", Columns: op.Columns("product_id")},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_products_stock",
						Columns:    []string{"product_id"},
						RefTable:   "products",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
					{
						Name:       "fk_warehouses_stock",
						Columns:    []string{"warehouse_id"},
						RefTable:   "warehouses",
						RefColumns: []string{"id"},
						OnDelete:   "RESTRICT",
					},
				},
				Checks: []op.Check{
					{Name: "chk_stock_levels_pieces", Expr: "pieces >= reserved"},
					{Name: "stock_levels_reserved_not_negative", Expr: "reserved >= 0"},
				},
			},
		},
		Down: op.List{
			op.DropTable{Name: "comments"},
			op.DropTable{Name: "images"},
			op.DropTable{Name: "order_coupons"},
			op.DropTable{Name: "coupons"},
			op.DropTable{Name: "payments"},
			op.DropTable{Name: "product_categories"},
			op.DropTable{Name: "categories"},
			op.DropTable{Name: "product_tags"},
			op.DropTable{Name: "profiles"},
			op.DropTable{Name: "refunds"},
			op.DropTable{Name: "order_lines"},
			op.DropTable{Name: "orders"},
			op.DropTable{Name: "customers"},
			op.DropTable{Name: "employees"},
			op.DropTable{Name: "related_products"},
			op.DropTable{Name: "stock_levels"},
			op.DropTable{Name: "products"},
			op.DropTable{Name: "brands"},
			op.DropTable{Name: "tags"},
			op.DropTable{Name: "warehouses"},
		},
	})
}
