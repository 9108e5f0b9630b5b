package acceptance

import (
	"slices"
	"time"

	"github.com/go-limbeck/limbeck/diff"
)

// tables come, go and get another name.
func tables() []change {
	type Plain struct {
		ID   uint
		Name string `gorm:"size:40"`
	}
	type Everything struct {
		ID     uint
		Code   string     `gorm:"size:9;not null;unique;default:x;comment:said"`
		Count  *int       `gorm:"index;check:count > 0"`
		When   *time.Time `gorm:"index:idx_when,sort:desc;precision:3"`
		Double int64      `gorm:"->;type:bigint GENERATED ALWAYS AS (count * 2) STORED"`
		UpID   *uint
		Up     *Everything `gorm:"constraint:OnDelete:CASCADE"`
	}
	type Pair struct {
		A int    `gorm:"primaryKey;autoIncrement:false"`
		B string `gorm:"primaryKey;size:20"`
	}
	type Keyless struct {
		A int
		B string
	}
	kept := &marker{}
	of := func(name string, before, after []any) change { return change{name: name, before: before, after: after} }
	with := func(models ...any) []any { return append([]any{kept}, models...) }
	return slices.Concat(
		of("table", with(), with(&Plain{})).andBack(),
		of("table with everything", with(), with(&Everything{})).andBack(),
		of("table with a key of two", with(), with(&Pair{})).andBack(),
		of("table without a key", with(), with(&Keyless{})).andBack(),
		of("three tables", with(), with(&Plain{}, &Pair{}, &Keyless{})).andBack(),
		of("one for another", with(&Plain{}), with(&Pair{})).dropping("plains").andBackDropping("pairs"),
		chains(), circles(), movedNames(), tableRenames(),
	)
}

// chains are tables that refer to each other in a row.
func chains() []change {
	type P struct{ ID uint }
	type C struct {
		ID  uint
		PID *uint
		P   *P
	}
	type G struct {
		ID  uint
		CID *uint
		C   *C
	}
	var loose, looser []any
	{
		type C struct {
			ID  uint
			PID *uint
		}
		loose = []any{&C{}}
	}
	{
		type C struct{ ID uint }
		looser = []any{&C{}}
	}
	kept := &marker{}
	return slices.Concat(
		// X1 of reference/alembic.md: dropped in an order of chance.
		change{name: "chain of three", before: []any{kept}, after: []any{kept, &G{}, &C{}, &P{}}}.andBack(),
		change{name: "end of a chain", before: []any{&P{}, &C{}}, after: []any{&P{}, &C{}, &G{}}}.andBack(),
		// X2: the table is dropped before the key that refers to it.
		change{name: "target goes, the column stays", before: []any{&P{}, &C{}}, after: loose}.holds("cs.p_id", "NULL", "NULL", "NULL").andBack(),
		change{name: "target goes with the column", before: []any{&P{}, &C{}}, after: looser}.andBack(),
	)
}

// circles are tables that refer to each other (X3 of reference/alembic.md).
func circles() []change {
	type Y struct {
		ID  uint
		XID *uint
	}
	type X struct {
		ID  uint
		YID *uint
		Y   *Y  `gorm:"foreignKey:YID"`
		Ys  []Y `gorm:"foreignKey:XID"`
	}
	type C struct {
		ID  uint
		AID *uint
	}
	type B struct {
		ID  uint
		CID *uint
		C   *C `gorm:"foreignKey:CID"`
	}
	type A struct {
		ID  uint
		BID *uint
		B   *B  `gorm:"foreignKey:BID"`
		Cs  []C `gorm:"foreignKey:AID"`
	}
	var loose, apart []any
	{
		type X struct {
			ID  uint
			YID *uint
		}
		type Y struct {
			ID  uint
			XID *uint
		}
		loose = []any{&X{}, &Y{}}
	}
	{
		type X struct{ ID uint }
		type Y struct {
			ID  uint
			XID *uint
			X   *X `gorm:"foreignKey:XID"`
		}
		apart = []any{&X{}, &Y{}}
	}
	kept := &marker{}
	return slices.Concat(
		change{name: "two that refer to each other", before: []any{kept}, after: []any{kept, &X{}, &Y{}}}.andBack(),
		change{name: "three in a circle", before: []any{kept}, after: []any{kept, &A{}, &B{}, &C{}}}.andBack(),
		change{name: "circle closes", before: loose, after: []any{&X{}, &Y{}}}.holds("xes.y_id", "1", "2", "NULL").holds("ys.x_id", "1", "2", "NULL").andBack(),
		change{name: "half of a circle", before: apart, after: []any{&X{}, &Y{}}}.andBack(),
		change{name: "circle and chain", before: []any{kept, &X{}, &Y{}}, after: []any{kept, &A{}, &B{}, &C{}}}.dropping("xes", "ys").andBackDropping("as", "bs", "cs"),
	)
}

// movedNames are names that go from one table to another.
func movedNames() []change {
	var onA, onB, uniqueA, uniqueB, checkA, checkB []any
	{
		type A struct {
			ID uint
			N  int `gorm:"index:idx_n"`
		}
		type B struct {
			ID uint
			N  int
		}
		onA = []any{&A{}, &B{}}
	}
	{
		type A struct {
			ID uint
			N  int
		}
		type B struct {
			ID uint
			N  int `gorm:"index:idx_n"`
		}
		onB = []any{&A{}, &B{}}
	}
	{
		type A struct {
			ID uint
			N  int `gorm:"uniqueIndex:idx_n"`
		}
		type B struct {
			ID uint
			N  int
		}
		uniqueA = []any{&A{}, &B{}}
	}
	{
		type B struct {
			ID uint
			N  int `gorm:"uniqueIndex:idx_n"`
		}
		uniqueB = []any{&B{}}
	}
	{
		type A struct {
			ID uint
			N  int `gorm:"check:chk_n,n > 0"`
		}
		type B struct {
			ID uint
			N  int
		}
		checkA = []any{&A{}, &B{}}
	}
	{
		type A struct {
			ID uint
			N  int
		}
		type B struct {
			ID uint
			N  int `gorm:"check:chk_n,n > 0"`
		}
		checkB = []any{&A{}, &B{}}
	}
	return slices.Concat(
		change{name: "index name moves", before: onA, after: onB}.andBack(),
		change{name: "check name moves", before: checkA, after: checkB}.andBack(),
		// X6 of reference/alembic.md: the index is made before the old one goes.
		change{name: "index name moves as its table goes", before: uniqueA, after: uniqueB}.andBack(),
	)
}

func tableRenames() []change {
	var books, volumes, withColumn, withIndex, retyped []any
	{
		type Book struct {
			ID    uint
			Title string `gorm:"size:40;index:idx_title;unique;check:chk_title,title <> ''"`
			UpID  *uint
			Up    *Book
		}
		books = []any{&Book{}}
	}
	{
		type Volume struct {
			ID    uint
			Title string `gorm:"size:40;index:idx_title;unique;check:chk_title,title <> ''"`
			UpID  *uint
			Up    *Volume
		}
		volumes = []any{&Volume{}}
	}
	{
		type Volume struct {
			ID   uint
			Name string `gorm:"size:40;index:idx_title;unique;check:chk_title,name <> ''"`
			UpID *uint
			Up   *Volume
		}
		withColumn = []any{&Volume{}}
	}
	{
		type Volume struct {
			ID    uint
			Title string `gorm:"size:40;index:idx_title;unique;check:chk_title,title <> ''"`
			Pages int    `gorm:"index"`
			UpID  *uint
			Up    *Volume
		}
		withIndex = []any{&Volume{}}
	}
	{
		type Volume struct {
			ID    uint
			Title string `gorm:"size:80;index:idx_title;unique;check:chk_title,title <> ''"`
			UpID  *uint
			Up    *Volume
		}
		retyped = []any{&Volume{}}
	}
	table := diff.Rename{From: "books", To: "volumes"}
	of := func(name string, after []any, renames ...diff.Rename) change {
		return change{name: name, before: books, after: after, renames: renames}
	}
	return []change{
		of("rename", volumes, table),
		of("rename with a column", withColumn, table, diff.Rename{Table: "volumes", From: "title", To: "name"}),
		of("rename and a new column", withIndex, table),
		of("rename and a longer type", retyped, table),
		of("rename unsaid", volumes).refuses(all, "books=volumes"),
	}
}
