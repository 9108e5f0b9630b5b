package mysql

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// ask finds out what would be stored for the words: from the server, where it
// lets us make temporary tables, or from the scratch database, or else by
// reading the words as if the server changed nothing, and saying so. Words that
// are wrong here stay as they were foreseen.
func (a adopter) ask(s words.Saying, live *liveTable) (words.Saying, error) {
	trial := a.trialOf(s, live)
	def, err := a.trial(trial)
	if err == nil {
		return a.asked(s, def, live), nil
	}
	if a.ctx.Err() != nil {
		return s, a.ctx.Err()
	}
	why := a.cannotAsk(trial.Name)
	switch {
	case why == "":
		return s, nil
	case a.scratch == nil:
		why += "; name a scratch database to compare it"
	default:
		if def, err = a.askScratch(trial); err == nil {
			return a.asked(s, def, live), nil
		}
		if a.ctx.Err() != nil {
			return s, a.ctx.Err()
		}
		why += fmt.Sprintf(", and the scratch database refused it (%v)", err)
	}
	return a.unasked(s, trial, live, why), nil
}

// cannotAsk returns why no temporary table can be made in the database of the
// given one, or "" where it can, so that the words were refused.
func (a adopter) cannotAsk(table string) string {
	database, _, _ := splitName(table)
	if why, known := a.refusals[database]; known {
		return why
	}
	if a.made[table] {
		return ""
	}
	_, err := a.q.ExecContext(a.ctx, "CREATE TEMPORARY TABLE "+quoteTable(table)+" (a int)")
	a.refusals[database] = ""
	if err != nil {
		a.refusals[database] = fmt.Sprintf("the server refuses temporary tables here (%v)", err)
		return a.refusals[database]
	}
	a.made[table] = true
	if err := a.dropTrials(); err != nil {
		a.refusals[database] = err.Error()
	}
	return a.refusals[database]
}

func (a adopter) askScratch(trial op.Table) (definition, error) {
	conn, err := a.scratch.Conn(a.ctx)
	if err != nil {
		return definition{}, err
	}
	defer conn.Close()
	there := adopter{ctx: a.ctx, q: conn, made: map[string]bool{}}
	if there.server, err = askServer(a.ctx, conn); err != nil {
		return definition{}, err
	}
	trial.Name = temporaryName
	def, err := there.trial(trial)
	if undo := there.dropTrials(); err == nil {
		err = undo
	}
	return def, err
}

// unasked reads the words as if the server changed nothing, and marks what it
// may write in another way.
func (a adopter) unasked(s words.Saying, trial op.Table, live *liveTable, why string) words.Saying {
	foreseen := s.Stored
	if text, err := a.createTable(trial); err == nil {
		if def, err := a.parseTable(text); err == nil {
			s = a.asked(s, def, live)
		}
	}
	s.Unasked = map[words.Part]string{}
	mark := func(kind words.Kind, name string) { s.Unasked[words.Part{Kind: kind, Name: name}] = why }
	for i, c := range s.Word.Columns {
		stored := &s.Stored.Columns[i]
		if a.isCertainColumn(c) {
			*stored = foreseen.Columns[i]
			continue
		}
		isKey := slices.ContainsFunc(s.Stored.PrimaryKey, func(p op.KeyPart) bool { return sameName(p.Column, c.Name) })
		stored.NotNull = stored.NotNull || isKey || stored.AutoIncrement
		normal, certain := a.normalType(stored.Type.Text)
		if !certain && !slices.Contains([]string{"enum", "set", "timestamp"}, base(normal)) {
			mark(words.ColumnType, stored.Name)
		}
		isPlain := isLiteral(stored.Default) && (isNumber(normal) || isChars(normal)) || isNow(stored.Default.Text)
		if !stored.Default.IsZero() && !isPlain {
			mark(words.ColumnDefault, stored.Name)
		}
		if !stored.Generated.IsZero() {
			mark(words.GeneratedColumn, stored.Name)
		}
	}
	for _, c := range s.Stored.Checks {
		mark(words.CheckExpr, c.Name)
	}
	for _, x := range s.Stored.Indexes {
		mark(words.IndexExpr, x.Name)
	}
	return s
}

// trialOf returns the table to be made: under names of our own, and without
// foreign keys.
func (a adopter) trialOf(s words.Saying, live *liveTable) op.Table {
	trial := s.Word.Clone()
	trial.Name, trial.ForeignKeys, trial.Comment = temporaryName, nil, ""
	trial.Options = "COLLATE=" + live.collation // that of columns without their own
	if database, _, _ := splitName(s.Word.Name); database != "" {
		trial.Name = database + "." + temporaryName
	}
	for i := range trial.Uniques {
		trial.Uniques[i].Name = fmt.Sprintf("limbeck_u%d", i)
	}
	for i := range trial.Checks {
		trial.Checks[i].Name = fmt.Sprintf("limbeck_c%d", i)
	}
	trial.Indexes = nil
	for i, x := range s.Word.Indexes {
		if x.Class == "" { // InnoDB has no other kinds on temporary tables
			x.Name = fmt.Sprintf("limbeck_i%d", i)
			trial.Indexes = append(trial.Indexes, x)
		}
	}
	for _, c := range trial.Columns { // between two primary keys
		if c.AutoIncrement && !a.hasKey(allKeys(trial), c.Name) {
			trial.Indexes = append(trial.Indexes, op.Index{Name: autoKey, Unique: true, Columns: op.Columns(c.Name)})
		}
	}
	return trial
}

// temporaryName shadows no table of the user's.
const temporaryName = "limbeck_asks"

// trial makes a temporary table and returns it as it is shown. Where one can take
// the place of the one before, it stays until then or until [adopter.dropTrials],
// which saves a trip.
func (a adopter) trial(t op.Table) (def definition, err error) {
	text, err := a.createTable(t)
	if err != nil {
		return def, err
	}
	create, isReplacing := "CREATE TEMPORARY TABLE", a.since(never, [3]int{10, 0, 8})
	if isReplacing {
		create = "CREATE OR REPLACE TEMPORARY TABLE"
	}
	text = strings.Replace(text, "CREATE TABLE", create, 1)
	if _, err := a.q.ExecContext(a.ctx, text); err != nil {
		return def, err
	}
	a.made[t.Name] = true
	def, err = readDefinition(a.ctx, a.q, a.server, t.Name)
	if !isReplacing {
		if undo := a.dropTrials(); err == nil {
			err = undo
		}
	}
	return def, err
}

// dropTrials drops the temporary tables, also when the caller's context is done.
func (a adopter) dropTrials() error {
	if len(a.made) == 0 {
		return nil
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(a.made)) {
		names = append(names, quoteTable(name))
	}
	clear(a.made)
	_, err := a.q.ExecContext(context.WithoutCancel(a.ctx), "DROP TEMPORARY TABLE IF EXISTS "+strings.Join(names, ", "))
	return err
}

// asked takes what the server shows for the words, and keeps apart what the
// raw types of columns bring along.
func (a adopter) asked(s words.Saying, def definition, live *liveTable) words.Saying {
	read := def.table
	for i := range read.Columns {
		dropCollation(&read.Columns[i], live.collation)
	}
	stored := s.Stored
	stored.Columns, stored.PrimaryKey = read.Columns, read.PrimaryKey
	for i := range stored.Checks {
		if c := read.Check(fmt.Sprintf("limbeck_c%d", i)); c != nil {
			stored.Checks[i].Expr = c.Expr
		}
	}
	for i := range stored.Indexes {
		if x := read.Index(fmt.Sprintf("limbeck_i%d", i)); x != nil {
			name := stored.Indexes[i].Name
			stored.Indexes[i] = *x
			stored.Indexes[i].Name = name
		}
	}
	var brought []op.Unique
	for _, x := range read.Indexes {
		if !strings.HasPrefix(x.Name, "limbeck_") && x.Unique {
			brought = append(brought, op.Unique{Name: x.Name, Columns: x.Columns})
		}
	}
	stored.Uniques = append(slices.Clone(brought), stored.Uniques...)
	for i, c := range s.Word.Columns {
		if !a.bindsMore(c) || i >= len(read.Columns) {
			continue
		}
		if s.Bound == nil {
			s.Bound = map[string]op.Table{}
		}
		var with op.Table
		for _, u := range brought {
			if len(u.Columns) == 1 && sameName(u.Columns[0].Column, c.Name) {
				with.Uniques = append(with.Uniques, u)
			}
		}
		if len(s.Word.PrimaryKey) == 0 && len(read.PrimaryKey) == 1 && sameName(read.PrimaryKey[0].Column, c.Name) {
			with.PrimaryKey = read.PrimaryKey
		}
		s.Bound[fold(c.Name)] = with
	}
	s.Stored = stored
	return s
}

// bindsMore reports whether the text of a type says more than a type: NOT NULL,
// a default, a key, a collation.
func (a adopter) bindsMore(c op.Column) bool {
	cursor, err := newCursor(a.mode, Dialect{}.SpellType(c.Type))
	if err != nil {
		return true
	}
	return cursor.typeName().name == "serial" || !cursor.done()
}
