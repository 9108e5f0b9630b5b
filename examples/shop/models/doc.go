// Package models is the schema of a web shop, written as GORM models.
//
// It is the example to look into for "how does one say that": every relation
// and nearly every option that GORM's tags have stands somewhere in it, in a
// place where a real shop would want it. One file is one topic:
//
//   - base.go, address.go: structs that others embed, without and with a
//     prefix
//   - customer.go: has-one, has-many, unique, collation and expression in an
//     index, foreign-key actions
//   - employee.go, category.go: tables that refer to themselves
//   - product.go, brand.go, tag.go: many-to-many in its three forms, partial
//     and ordered indexes, checks, decimals, JSON
//   - image.go, comment.go: polymorphic relations
//   - coupon.go: a text primary key, defaults that the database computes
//   - order.go, order_line.go, stock.go, refund.go: composite primary keys,
//     and a foreign key of two columns
//   - payment.go: columns that may be null, in every spelling
//
// [All] lists the models. Call [Setup] once for each *gorm.DB that you open,
// before anything else.
package models
