package mysql

import (
	"encoding/hex"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Script returns how the client mysql takes a script. It holds the lock of
// migrations all the time; there is no transaction around a revision.
// A condition is a text that is prepared, which is how a statement runs on one
// outside of a stored program.
func (Dialect) Script() ddl.Script {
	const name = "IF(LENGTH(DATABASE()) <= 56, CONCAT('limbeck:', DATABASE()), CONCAT('limbeck:', LEFT(SHA2(DATABASE(), 256), 32)))"
	return ddl.Script{
		Client: "mysql DATABASE",
		Open: "SET NAMES utf8mb4;\nSET @limbeck_checks = @@SESSION.foreign_key_checks;\n" +
			joined(run("IF(GET_LOCK("+name+", 10) = 1, 'DO 0', 'another connection migrates this database')")),
		Close: "SET SESSION foreign_key_checks = @limbeck_checks;\nDO RELEASE_LOCK(" + name + ");\n",
		Now:   "DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%f000Z')",
		Quote: asText,
		Demand: func(condition, message string) []string {
			return run("IF(" + condition + ", 'DO 0', " + asText(message) + ")")
		},
		Guard: func(condition string, statements []string) []string {
			list := []string{"SET @limbeck_pending = " + condition}
			for _, s := range statements {
				list = append(list, run("IF(@limbeck_pending, "+asText(s)+", 'DO 0')")...)
			}
			return list
		},
		End: func(statement string) string {
			// The client ends a statement at the first semicolon, also in a body.
			if !strings.Contains(statement, ";") || strings.HasPrefix(statement, "SET @limbeck_") {
				return statement + ";"
			}
			mark := "//"
			for strings.Contains(statement, mark) {
				mark += "/"
			}
			return "DELIMITER " + mark + "\n" + statement + "\n" + mark + "\nDELIMITER ;"
		},
	}
}

// run returns what runs the text that an expression gives.
func run(expression string) []string {
	return []string{"SET @limbeck_text = " + expression, "PREPARE limbeck_step FROM @limbeck_text", "EXECUTE limbeck_step", "DEALLOCATE PREPARE limbeck_step"}
}

func joined(statements []string) string { return strings.Join(statements, ";\n") + ";\n" }

// asText makes an SQL string that reads the same in every sql_mode.
func asText(text string) string {
	if strings.Contains(text, `\`) {
		return "CONVERT(X'" + hex.EncodeToString([]byte(text)) + "' USING utf8mb4)"
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}
