package harness

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gorm.io/gorm"
)

// catalogue returns what the database says of its tables, a line for each
// fact, sorted; columns are numbered in their order. The history table is left
// out. None of this shares code with package dialect: what both sides of a
// comparison overlook would go unseen.
func catalogue(db *gorm.DB) ([]string, error) {
	dialects := map[string]func(*gorm.DB) ([]string, error){
		"sqlite": sqliteCatalogue, "postgres": postgresCatalogue, "mysql": mysqlCatalogue,
	}
	lines, err := dialects[db.Name()](db)
	if err != nil {
		return nil, fmt.Errorf("reading the catalogue: %w", err)
	}
	slices.Sort(lines)
	return lines, nil
}

var number = regexp.MustCompile(`^(\S+ column) \d+ `)

// unordered returns a catalogue without the order of columns.
func unordered(lines []string) []string {
	var list []string
	for _, line := range lines {
		list = append(list, number.ReplaceAllString(line, "$1 "))
	}
	slices.Sort(list)
	return list
}

func sqliteCatalogue(db *gorm.DB) (lines []string, err error) {
	objects, err := query(db, `SELECT type, name, tbl_name, sql FROM sqlite_master
		WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND tbl_name <> 'limbeck_revisions'`)
	if err != nil {
		return nil, err
	}
	for _, o := range objects {
		kind, name, table, sql := o[0], o[1], o[2], plain(o[3])
		if kind != "table" {
			lines = append(lines, fmt.Sprintf("%s %s %s: %s", table, kind, name, sql))
			continue
		}
		n := 0
		for i, element := range elements(sql) {
			switch {
			case i == 0:
				lines = append(lines, name+" options: "+element)
			case constraint.MatchString(element):
				lines = append(lines, name+" constraint "+element)
			default:
				lines = append(lines, fmt.Sprintf("%s column %02d %s", name, n, element))
				n++
			}
		}
	}
	return lines, nil
}

var (
	textDefault = regexp.MustCompile("(?i)(DEFAULT )[\"`]([^\"`]*)[\"`]")
	spaces      = regexp.MustCompile(`\s*([(),])\s*|\s+`)
	constraint  = regexp.MustCompile(`^(constraint|primary key|unique|check|foreign key)\b`)
)

// plain returns SQLite's DDL without the quotes of names, the case of letters
// and the spaces that mean nothing. GORM's driver quotes text after DEFAULT as
// a name, which SQLite takes for text.
func plain(sql string) string {
	sql = textDefault.ReplaceAllString(sql, "$1'$2'")
	sql = strings.NewReplacer("`", "", `"`, "").Replace(strings.ToLower(sql))
	return strings.TrimSpace(spaces.ReplaceAllStringFunc(sql, func(s string) string {
		if s = strings.TrimSpace(s); s == "" {
			return " "
		}
		return s
	}))
}

// elements returns what stands after the parentheses of CREATE TABLE, and then
// the parts between them.
func elements(sql string) []string {
	open, end := strings.IndexByte(sql, '('), strings.LastIndexByte(sql, ')')
	if open < 0 {
		return []string{sql}
	}
	list := []string{sql[end+1:]}
	depth, start := 0, open+1
	for i := start; i <= end; i++ {
		switch {
		case sql[i] == ',' && depth == 0, i == end:
			list = append(list, sql[start:i])
			start = i + 1
		case sql[i] == '(':
			depth++
		case sql[i] == ')':
			depth--
		}
	}
	return list
}

func postgresCatalogue(db *gorm.DB) (lines []string, err error) {
	rows, err := query(db, `
		SELECT format('%s column %s %s %s null=%s default=%s identity=%s generated=%s collation=%s comment=%s', c.relname,
			to_char(row_number() OVER (PARTITION BY c.oid ORDER BY attnum), 'FM00'), attname, format_type(atttypid, atttypmod), NOT attnotnull,
			pg_get_expr(adbin, adrelid), attidentity, attgenerated, collname, col_description(c.oid, attnum))
		FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
			LEFT JOIN pg_attrdef d ON adrelid = c.oid AND adnum = attnum LEFT JOIN pg_collation l ON l.oid = attcollation
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'limbeck_revisions'
		UNION ALL SELECT format('%s constraint %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
		FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0
			AND conrelid::regclass::text <> 'limbeck_revisions' AND contype <> 'n'
		UNION ALL SELECT format('%s index %s', tablename, indexdef)
		FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'limbeck_revisions'
		UNION ALL SELECT format('sequence %s of %s %s start=%s step=%s', c.relname, d.refobjid::regclass, format_type(seqtypid, NULL), seqstart, seqincrement)
		FROM pg_sequence JOIN pg_class c ON c.oid = seqrelid LEFT JOIN pg_depend d ON d.objid = c.oid AND d.deptype IN ('a', 'i')
		WHERE c.relnamespace = current_schema()::regnamespace
		UNION ALL SELECT format('type %s', typname)
		FROM pg_type WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd')`)
	for _, row := range rows {
		lines = append(lines, row[0])
	}
	return lines, err
}

func mysqlCatalogue(db *gorm.DB) (lines []string, err error) {
	names, err := query(db, `SELECT TABLE_NAME FROM information_schema.TABLES
		WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME <> 'limbeck_revisions'`)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		shown, err := query(db, "SHOW CREATE TABLE `"+name[0]+"`")
		if err != nil {
			return nil, err
		}
		for i, line := range strings.Split(shown[0][1], "\n") {
			line = strings.TrimSuffix(strings.TrimSpace(line), ",")
			switch {
			case strings.HasPrefix(line, "`"):
				lines = append(lines, fmt.Sprintf("%s column %02d %s", name[0], i, line))
			case i > 0:
				lines = append(lines, name[0]+" "+counter.ReplaceAllString(line, ""))
			}
		}
	}
	return lines, nil
}

var counter = regexp.MustCompile(` AUTO_INCREMENT=\d+`)
