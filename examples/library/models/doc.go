// Package models is the library's tables, as GORM sees them: what the database
// shall look like. How it gets there stands in package migrations.
package models
