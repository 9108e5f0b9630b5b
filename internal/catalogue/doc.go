// Package catalogue reads for tests what a database holds, as a line of text
// for each fact: SQLite's stored statements and pragmas, PostgreSQL's own
// functions that spell definitions as pg_dump does, SHOW CREATE TABLE on MySQL.
//
//	lines, err := catalogue.Read(db)
//
// Two schemas are the same where their lines are. It shares no code with
// package dialect: what both sides of a comparison overlook would otherwise go
// unseen. TestCatalogueSees and TestCatalogueSeesOnServers prove what it sees.
package catalogue
