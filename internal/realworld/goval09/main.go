// Command goval09 holds Limbeck to the models of goval-dictionary v0.9.2, as
// db/rdb.go there opens and migrates them, on SQLite with its pure Go driver.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/glebarez/sqlite"
	"github.com/vulsio/goval-dictionary/models"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/internal/realworld/harness"
)

func main() {
	if err := harness.Run(context.Background(), project, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var project = harness.Project{
	Open: func(dialect, dsn string) (*gorm.DB, error) {
		config := &gorm.Config{DisableForeignKeyConstraintWhenMigrating: true}
		if dialect != "sqlite" {
			return harness.Open(dialect, dsn, config)
		}
		db, err := gorm.Open(sqlite.Open(dsn), config)
		if err != nil {
			return nil, err
		}
		return db, db.Exec("PRAGMA foreign_keys = ON").Error
	},
	Models: []any{
		&models.FetchMeta{},
		&models.Root{},
		&models.Definition{},
		&models.Package{},
		&models.Reference{},
		&models.Advisory{},
		&models.Cve{},
		&models.Bugzilla{},
		&models.Cpe{},
		&models.Debian{},
	},
	Rows: rows,
}

// rows inserts what the program keeps of two lists of one distribution.
func rows(db *gorm.DB) error {
	at := time.Date(2026, 11, 23, 10, 15, 2, 0, time.UTC)
	if err := db.Create(&models.FetchMeta{GovalDictRevision: "abc", SchemaVersion: 1, LastFetchedAt: at}).Error; err != nil {
		return err
	}
	return db.Create([]*models.Root{
		{Family: "debian", OSVersion: "12", Timestamp: at, Definitions: []models.Definition{
			{
				DefinitionID: "oval:org.debian:def:1", Title: "CVE-2026-1", Description: "it's \"bad\"\nvery ⛵",
				Advisory: models.Advisory{
					Severity: "high", Issued: at, Updated: at.Add(time.Hour),
					Cves:            []models.Cve{{CveID: "CVE-2026-1", Cvss3: "9.8/CVSS:3.1"}, {CveID: "CVE-2026-2"}},
					Bugzillas:       []models.Bugzilla{{BugzillaID: "77", URL: "https://example.org/?a=1&b=2"}},
					AffectedCPEList: []models.Cpe{{Cpe: "cpe:/o:debian:12"}},
				},
				Debian:        &models.Debian{MoreInfo: "more", Date: at},
				AffectedPacks: []models.Package{{Name: "bash", Version: "0:5.2-1", NotFixedYet: true}, {Name: "zsh"}},
				References:    []models.Reference{{Source: "CVE", RefID: "CVE-2026-1", RefURL: "https://example.org"}},
			},
			{DefinitionID: "oval:org.debian:def:2", Advisory: models.Advisory{Issued: at, Updated: at}},
		}},
		{Family: "debian", OSVersion: "13", Timestamp: at},
	}).Error
}
