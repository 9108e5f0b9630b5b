module github.com/go-limbeck/limbeck/internal/rivals

go 1.26.4

require (
	github.com/go-gormigrate/gormigrate/v2 v2.1.7
	github.com/go-limbeck/limbeck v0.0.0
	github.com/pressly/goose/v3 v3.29.0
	gorm.io/driver/sqlite v1.6.0
	gorm.io/gorm v1.31.2
)

require (
	github.com/jinzhu/inflection v1.0.0 // indirect
	github.com/jinzhu/now v1.1.5 // indirect
	github.com/mattn/go-sqlite3 v1.14.28 // indirect
	github.com/mfridman/interpolate v0.0.2 // indirect
	github.com/sethvargo/go-retry v0.5.0 // indirect
	go.uber.org/multierr v1.11.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/go-limbeck/limbeck => ../..
