package catalogue

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// mysql reads what the server says to SHOW CREATE. Keys and constraints come
// in the order in which GORM happened to write them; they are sorted.
func (r *reader) mysql() (lines []string) {
	for _, o := range r.rows(`SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME NOT LIKE 'limbeck\_%'`) {
		name, kind := o[0], o[1]
		if kind != "BASE TABLE" {
			lines = append(lines, fmt.Sprintf("%s %s %s", kind, name, r.shown(name)))
			continue
		}
		lines = append(lines, mysqlTable(name, r.shown(name))...)
	}
	for _, o := range r.rows(`SELECT 'routine', ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
		UNION ALL SELECT 'trigger', TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
		UNION ALL SELECT 'event', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()`) {
		lines = append(lines, strings.Join(o, " "))
	}
	return lines
}

func (r *reader) shown(name string) string {
	for _, row := range r.rows("SHOW CREATE TABLE " + backticks(name)) {
		return row[1]
	}
	return "" // there was an error
}

var foreignKey = regexp.MustCompile("CONSTRAINT (`.*`) FOREIGN KEY \\((.*)\\) REFERENCES")

// The counter says what rows there were.
var counter = regexp.MustCompile(` AUTO_INCREMENT=\d+`)

// mysqlTable divides the answer of SHOW CREATE TABLE, which has a line for each
// column, key and constraint. A line break in a comment is written as \n.
func mysqlTable(name, sql string) (lines []string) {
	column := 0
	var keys []string
	for _, found := range foreignKey.FindAllStringSubmatch(sql, -1) {
		keys = append(keys, fmt.Sprintf("KEY %s (%s)", found[1], strings.ReplaceAll(found[2], ", ", ",")))
	}
	all := strings.Split(sql, "\n")
	for i, line := range all[1:] {
		line = strings.TrimSuffix(strings.TrimSpace(line), ",")
		switch {
		case i == len(all)-2:
			line = "options " + counter.ReplaceAllString(line, "")
		case strings.HasPrefix(line, "`"):
			column++
			line = fmt.Sprintf("column %02d %s", column, line)
		case slices.Contains(keys, line):
			// Of two foreign keys over the same columns the one that GORM wrote
			// last, in a random order, names the index that the server adds.
			_, columns, _ := strings.Cut(line, " (")
			line = "KEY of a foreign key (" + columns
		}
		lines = append(lines, "table "+name+" "+line)
	}
	return lines
}

func backticks(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }
