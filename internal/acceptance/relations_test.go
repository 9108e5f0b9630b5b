package acceptance

import "slices"

// relations are GORM's, added, removed and turned around.
func relations() []change {
	of := func(name string, before, after []any) change { return change{name: name, before: before, after: after} }
	var none, belongs, hasOne, hasMany, many, manyNamed, poly, polyHalf []any
	{
		type Author struct{ ID uint }
		type Book struct{ ID uint }
		none = []any{&Author{}, &Book{}}
	}
	{
		type Author struct{ ID uint }
		type Book struct {
			ID       uint
			AuthorID *uint
			Author   *Author
		}
		belongs = []any{&Author{}, &Book{}}
	}
	{
		type Book struct {
			ID       uint
			AuthorID *uint
		}
		type Author struct {
			ID   uint
			Book *Book
		}
		hasOne = []any{&Author{}, &Book{}}
	}
	{
		type Book struct {
			ID       uint
			AuthorID *uint
		}
		type Author struct {
			ID    uint
			Books []Book `gorm:"constraint:OnDelete:SET NULL"`
		}
		hasMany = []any{&Author{}, &Book{}}
	}
	{
		type Book struct{ ID uint }
		type Author struct {
			ID    uint
			Books []Book `gorm:"many2many:author_books"`
		}
		many = []any{&Author{}, &Book{}}
	}
	{
		type Book struct{ ID uint }
		type Author struct {
			ID    uint
			Books []Book `gorm:"many2many:author_books;constraint:OnDelete:CASCADE"`
		}
		manyNamed = []any{&Author{}, &Book{}}
	}
	{
		type Note struct {
			ID        uint
			OwnerID   uint
			OwnerType string `gorm:"size:40"`
		}
		type Author struct {
			ID    uint
			Notes []Note `gorm:"polymorphic:Owner"`
		}
		type Book struct {
			ID    uint
			Notes []Note `gorm:"polymorphic:Owner"`
		}
		poly = []any{&Author{}, &Book{}, &Note{}}
	}
	{
		type Note struct {
			ID        uint
			OwnerID   uint
			OwnerType string `gorm:"size:40"`
		}
		type Author struct {
			ID    uint
			Notes []Note `gorm:"polymorphic:Owner"`
		}
		type Book struct{ ID uint }
		polyHalf = []any{&Author{}, &Book{}, &Note{}}
	}
	return slices.Concat(
		of("belongs to", none, belongs).andBack(),
		of("has one", none, hasOne).andBack(),
		of("has many", none, hasMany).andBack(),
		of("belongs to becomes has one", belongs, hasOne).andBack(),
		of("belongs to becomes has many", belongs, hasMany).andBack(),
		of("many to many", none, many).andBack(),
		of("many to many, delete action", many, manyNamed).andBack(),
		of("belongs to becomes many to many", belongs, many).andBack(),
		of("polymorphic", none, poly).andBack(),
		of("a second polymorphic owner", polyHalf, poly).andBack(),
		embedded(), turned(), toItself(), joined(),
	)
}

func embedded() []change {
	type City struct {
		Name string `gorm:"size:40;index"`
		Code *int   `gorm:"check:code_positive,1 > 0"`
	}
	type Street struct {
		Name string `gorm:"size:40"`
	}
	plain := thing(f[int]("B", ""))
	inside := thing(f[int]("B", ""), f[City]("City", "embedded"))
	prefixed := thing(f[int]("B", ""), f[City]("City", "embedded;embeddedPrefix:city_"))
	street := thing(f[int]("B", ""), f[Street]("Street", "embedded;embeddedPrefix:street_"))
	twice := thing(f[int]("B", ""), f[Street]("Home", "embedded;embeddedPrefix:home_"), f[Street]("Work", "embedded;embeddedPrefix:work_"))
	of := func(name string, before, after []any) change { return change{name: name, before: before, after: after} }
	return slices.Concat(
		of("embedded", plain, inside).andBack(),
		of("embedded with a prefix", plain, prefixed).andBack(),
		of("embedded twice", plain, twice).andBack(),
		of("another prefix", prefixed, street).dropping("things.city_name", "things.city_code").andBackDropping("things.street_name"),
	)
}

// turned are relations that go the other way.
func turned() []change {
	var up, down []any
	{
		type Parent struct{ ID uint }
		type Child struct {
			ID       uint
			ParentID *uint
			Parent   *Parent
		}
		up = []any{&Parent{}, &Child{}}
	}
	{
		type Child struct{ ID uint }
		type Parent struct {
			ID      uint
			ChildID *uint
			Child   *Child
		}
		down = []any{&Parent{}, &Child{}}
	}
	return change{name: "turned around", before: up, after: down}.andBack()
}

// toItself are many2many relations of a model with itself.
func toItself() []change {
	var alone, friends, followers []any
	{
		type Person struct{ ID uint }
		alone = []any{&Person{}}
	}
	{
		type Person struct {
			ID      uint
			Friends []*Person `gorm:"many2many:person_friends"`
		}
		friends = []any{&Person{}}
	}
	{
		type Person struct {
			ID        uint
			Friends   []*Person `gorm:"many2many:person_friends"`
			Followers []*Person `gorm:"many2many:person_followers"`
		}
		followers = []any{&Person{}}
	}
	return slices.Concat(
		change{name: "friends", before: alone, after: friends}.andBack(),
		change{name: "followers beside friends", before: friends, after: followers}.andBack(),
	)
}

// joined are join tables whose sides get another key.
func joined() []change {
	var numbers, texts, wider []any
	{
		type Tag struct {
			ID uint `gorm:"size:32"`
		}
		type Post struct {
			ID   uint
			Tags []Tag `gorm:"many2many:post_tags"`
		}
		numbers = []any{&Tag{}, &Post{}}
	}
	{
		type Tag struct {
			ID string `gorm:"size:40"`
		}
		type Post struct {
			ID   uint
			Tags []Tag `gorm:"many2many:post_tags"`
		}
		texts = []any{&Tag{}, &Post{}}
	}
	{
		type Tag struct{ ID uint }
		type Post struct {
			ID   uint
			Tags []Tag `gorm:"many2many:post_tags"`
		}
		wider = []any{&Tag{}, &Post{}}
	}
	return slices.Concat(
		change{name: "wider key below a join table", before: numbers, after: wider}.andBack(),
		change{name: "text key below a join table", before: numbers, after: texts}.andBack()[:1],
	)
}
