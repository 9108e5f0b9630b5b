package model_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
)

type (
	Country struct {
		Code string `gorm:"primaryKey;size:2"`
	}
	City struct {
		ID          uint
		CountryCode string
		Country     Country `gorm:"references:Code;constraint:OnDelete:set  null,OnUpdate:Cascade"`
		Twin        *City
		TwinID      *uint
		Mayor       Mayor
		Streets     []Street `gorm:"constraint:keep_streets,OnDelete:RESTRICT"`
		Hidden      Country  `gorm:"foreignKey:CountryCode;-:migration"`
		Free        Country  `gorm:"foreignKey:CountryCode;constraint:-"`
	}
	Mayor struct {
		ID     uint
		CityID uint
	}
	Street struct {
		ID     uint
		CityID uint
		City   City
	}
)

func key(name, column, table, ref string) op.ForeignKey {
	return op.ForeignKey{Name: name, Columns: []string{column}, RefTable: table, RefColumns: []string{ref}}
}

func with(k op.ForeignKey, onDelete, onUpdate string) op.ForeignKey {
	k.OnDelete, k.OnUpdate = onDelete, onUpdate
	return k
}

func TestBelongsToAndHas(t *testing.T) {
	// Children first: the keys of has-relations come from the parent.
	got := load(t, open(t), &Street{}, &Mayor{}, &City{})
	same(t, []string{"cities", "countries", "mayors", "streets"}, names(got))
	cities := table(t, got, "cities")
	same(t, []op.ForeignKey{
		with(key("fk_cities_country", "country_code", "countries", "code"), "SET NULL", "CASCADE"),
		key("fk_cities_twin", "twin_id", "cities", "id"),
	}, cities.ForeignKeys)
	same(t, op.Column{Name: "country_code", Type: op.String(2)}, *cities.Column("country_code"))
	mayors, streets := table(t, got, "mayors"), table(t, got, "streets")
	same(t, []op.ForeignKey{key("fk_cities_mayor", "city_id", "cities", "id")}, mayors.ForeignKeys)
	same(t, []op.ForeignKey{with(key("keep_streets", "city_id", "cities", "id"), "RESTRICT", "")}, streets.ForeignKeys)
}

func TestAddedTables(t *testing.T) {
	type Tag struct{ ID uint }
	type Owner struct {
		ID   uint
		Tags []Tag `gorm:"many2many:owner_tags"`
	}
	type Child struct{ ID, ThingID uint }
	type Thing struct {
		ID       uint
		OwnerID  uint
		Owner    Owner
		Children []Child
		Labels   []Tag `gorm:"many2many:thing_tags"`
	}
	// Neither children nor the join tables of added models, as in GORM.
	same(t, []string{"owners", "tags", "thing_tags", "things"}, names(load(t, open(t), &Thing{})))
	same(t, []string{"owner_tags", "owners", "tags", "thing_tags", "things"}, names(load(t, open(t), &Thing{}, &Owner{})))
	same(t, []string{"things"}, names(load(t, open(t, &gorm.Config{IgnoreRelationshipsWhenMigrating: true}), &Thing{})))
	off := load(t, open(t, &gorm.Config{DisableForeignKeyConstraintWhenMigrating: true}), &Thing{})
	same(t, []string{"owners", "tags", "thing_tags", "things"}, names(off))
	for _, table := range off.Tables {
		same(t, []op.ForeignKey(nil), table.ForeignKeys)
	}
}

func TestListedModelStandsForTarget(t *testing.T) {
	got := load(t, open(t), &Purchase{}, &Customer{})
	same(t, []string{"customers", "purchases"}, names(got))
	customers, purchases := table(t, got, "customers"), table(t, got, "purchases")
	same(t, 2, len(customers.Columns))
	same(t, []op.ForeignKey{key("fk_purchases_customer", "customer_id", "customers", "id")}, purchases.ForeignKeys)
}

type (
	Customer struct {
		ID   uint
		Name string
	}
	// CustomerRef is another package's small view of a customer.
	CustomerRef struct{ ID uint }
	Purchase    struct {
		ID         uint
		CustomerID uint
		Customer   CustomerRef
	}
)

func (CustomerRef) TableName() string { return "customers" }

type (
	Reader struct {
		ID      uint
		Books   []Book    `gorm:"many2many:reader_books;constraint:OnDelete:CASCADE"`
		Friends []*Reader `gorm:"many2many:friendships"`
		Follows []*Reader `gorm:"many2many:follows;joinForeignKey:FollowerID;joinReferences:FollowedID"`
		Follow2 []*Reader `gorm:"many2many:follows;joinForeignKey:FollowedID;joinReferences:FollowerID"`
		Clubs   []Club    `gorm:"many2many:ClubMember;foreignKey:ID;references:Name"`
	}
	Book struct {
		ISBN    string   `gorm:"primaryKey;size:13;comment:number"`
		Edition int      `gorm:"primaryKey"`
		Readers []Reader `gorm:"many2many:reader_books;constraint:OnDelete:CASCADE"`
	}
	Club struct {
		ID   uint
		Name string `gorm:"unique"`
	}
)

func TestMany2Many(t *testing.T) {
	got := load(t, open(t), &Book{}, &Reader{})
	same(t, []string{"books", "club_members", "clubs", "follows", "friendships", "reader_books", "readers"}, names(got))
	same(t, op.Table{
		Name: "reader_books",
		Columns: []op.Column{
			{Name: "reader_id", Type: op.Uint(64)},
			{Name: "book_isbn", Type: op.String(13), Comment: "number"},
			{Name: "book_edition", Type: op.Int(64)},
		},
		PrimaryKey: op.Columns("reader_id", "book_isbn", "book_edition"),
		ForeignKeys: []op.ForeignKey{
			{Name: "fk_reader_books_book", Columns: []string{"book_isbn", "book_edition"}, RefTable: "books", RefColumns: []string{"isbn", "edition"}, OnDelete: "CASCADE"},
			with(key("fk_reader_books_reader", "reader_id", "readers", "id"), "CASCADE", ""),
		},
	}, table(t, got, "reader_books"))
	same(t, op.Table{
		Name:       "friendships",
		Columns:    []op.Column{{Name: "reader_id", Type: op.Uint(64)}, {Name: "friend_id", Type: op.Uint(64)}},
		PrimaryKey: op.Columns("reader_id", "friend_id"),
		ForeignKeys: []op.ForeignKey{
			key("fk_friendships_friends", "friend_id", "readers", "id"),
			key("fk_friendships_reader", "reader_id", "readers", "id"),
		},
	}, table(t, got, "friendships"))
	// Follows and Follow2 share a table. GORM takes one of them by chance; the
	// first field counts here.
	follows := table(t, got, "follows")
	same(t, op.PrimaryKey(op.Columns("follower_id", "followed_id")), follows.PrimaryKey)
	same(t, []op.ForeignKey{
		key("fk_follows_follows", "followed_id", "readers", "id"),
		key("fk_follows_reader", "follower_id", "readers", "id"),
	}, follows.ForeignKeys)
	clubs := table(t, got, "club_members")
	same(t, []op.Column{{Name: "reader_id", Type: op.Uint(64)}, {Name: "club_name", Type: op.KeyText()}}, clubs.Columns)
	same(t, []op.ForeignKey{
		key("fk_club_members_club", "club_name", "clubs", "name"),
		key("fk_club_members_reader", "reader_id", "readers", "id"),
	}, clubs.ForeignKeys)
}

// The side that is listed last orders the join table, as in GORM.
func TestMany2ManyFollowsTheList(t *testing.T) {
	got := table(t, load(t, open(t), &Reader{}, &Book{}), "reader_books")
	same(t, op.PrimaryKey(op.Columns("book_isbn", "book_edition", "reader_id")), got.PrimaryKey)
}

type (
	Team struct {
		ID      uint
		Players []Player `gorm:"many2many:memberships"`
	}
	Player struct {
		ID    uint
		Teams []Team `gorm:"many2many:memberships"`
	}
	Membership struct {
		TeamID   uint   `gorm:"primaryKey"`
		PlayerID uint   `gorm:"primaryKey"`
		Role     string `gorm:"not null;index"`
	}
)

func TestSetupJoinTable(t *testing.T) {
	want := op.Table{
		Name: "memberships",
		Columns: []op.Column{
			{Name: "team_id", Type: op.Uint(64)},
			{Name: "player_id", Type: op.Uint(64)},
			{Name: "role", Type: op.KeyText(), NotNull: true},
		},
		PrimaryKey: op.Columns("team_id", "player_id"),
		Indexes:    []op.Index{{Name: "idx_memberships_role", Columns: op.Columns("role")}},
		ForeignKeys: []op.ForeignKey{
			key("fk_memberships_player", "player_id", "players", "id"),
			key("fk_memberships_team", "team_id", "teams", "id"),
		},
	}
	for _, models := range [][]any{
		{&Team{}, &Player{}},
		{&Team{}, &Player{}, &Membership{}},
		{&Membership{}, &Player{}, &Team{}},
	} {
		db := open(t)
		for model, field := range map[any]string{&Team{}: "Players", &Player{}: "Teams"} {
			if err := db.SetupJoinTable(model, field, &Membership{}); err != nil {
				t.Fatal(err)
			}
		}
		got := load(t, db, models...)
		same(t, []string{"memberships", "players", "teams"}, names(got))
		same(t, want, table(t, got, "memberships"))
	}
}

func TestPolymorphic(t *testing.T) {
	type Toy struct {
		ID        uint
		OwnerID   string
		OwnerType string
	}
	type Dog struct {
		ID   int32
		Toys []Toy `gorm:"polymorphic:Owner"`
	}
	got := load(t, open(t), &Toy{}, &Dog{})
	same(t, []string{"dogs", "toys"}, names(got))
	toys := table(t, got, "toys")
	same(t, []op.ForeignKey(nil), toys.ForeignKeys)
	// The id takes the type of the owner's key, not its own.
	same(t, op.Int(32), toys.Column("owner_id").Type)
	toy := table(t, load(t, open(t), &Toy{}), "toys")
	same(t, op.Text(), toy.Column("owner_id").Type)
}

func TestEmbedded(t *testing.T) {
	type Account struct{ ID uint }
	type Audit struct {
		Name    string `gorm:"unique"`
		OwnerID uint
		Owner   Account
	}
	type Base struct {
		Number int `gorm:"primaryKey"`
		Audit
	}
	type Embedding struct {
		*Base
		Audit2 Audit `gorm:"embedded;embeddedPrefix:second_"`
		Extra  struct {
			Name  string
			Level int8
		} `gorm:"embedded"`
	}
	got := table(t, load(t, open(t), &Embedding{}), "embeddings")
	same(t, []op.Column{
		{Name: "number", Type: op.Int(64), AutoIncrement: true},
		{Name: "name", Type: op.Text()},
		{Name: "owner_id", Type: op.Uint(64)},
		{Name: "second_name", Type: op.KeyText()},
		{Name: "second_owner_id", Type: op.Uint(64)},
		{Name: "level", Type: op.Int(8)},
	}, got.Columns)
	same(t, op.PrimaryKey(op.Columns("number")), got.PrimaryKey)
	// GORM keeps one relation of a name: the last.
	same(t, []op.ForeignKey{key("fk_embeddings_owner", "second_owner_id", "accounts", "id")}, got.ForeignKeys)
}

func TestTwoKeysOverOneColumn(t *testing.T) {
	type Leaf struct{ ID, TreeID uint }
	type Tree struct {
		ID     uint
		Leaves []Leaf
		Best   *Leaf
	}
	got := table(t, load(t, open(t), &Leaf{}, &Tree{}), "leafs")
	same(t, []op.ForeignKey{
		key("fk_trees_best", "tree_id", "trees", "id"),
		key("fk_trees_leaves", "tree_id", "trees", "id"),
	}, got.ForeignKeys)
}

// GORM's MySQL driver writes longtext for the columns of these keys, and fails
// (go-gorm/gorm#3369).
func TestTextInForeignKeys(t *testing.T) {
	type Pair struct {
		A string `gorm:"primaryKey"`
		B string `gorm:"primaryKey;size:20"`
	}
	type ToPair struct {
		ID     uint
		PairA  string
		PairB  string
		Others string
		Pair   Pair `gorm:"foreignKey:PairA,PairB;references:A,B"`
	}
	type Free struct {
		ID    uint
		PairA string
		PairB string
		Pair  Pair `gorm:"foreignKey:PairA,PairB;references:A,B;constraint:-"`
	}
	s := load(t, open(t), &ToPair{}, &Free{})
	same(t, []op.Column{
		{Name: "id", Type: op.Uint(64), AutoIncrement: true},
		{Name: "pair_a", Type: op.KeyText()},
		{Name: "pair_b", Type: op.String(20)},
		{Name: "others", Type: op.Text()},
	}, table(t, s, "to_pairs").Columns)
	same(t, op.Text(), table(t, s, "frees").Columns[1].Type)
}

// GORM writes a key over a column that is not there, and fails.
func TestKeyOfIgnoredColumn(t *testing.T) {
	type Owner struct{ ID uint }
	type Thing struct {
		ID      uint
		OwnerID uint `gorm:"-:migration"`
		Owner   Owner
	}
	same(t, 0, len(table(t, load(t, open(t), &Thing{}), "things").ForeignKeys))
}

func TestSoftDelete(t *testing.T) {
	type Note struct {
		gorm.Model
		Text string
	}
	same(t, op.Table{
		Name: "notes",
		Columns: []op.Column{
			{Name: "id", Type: op.Uint(64), AutoIncrement: true},
			{Name: "created_at", Type: op.Time()},
			{Name: "updated_at", Type: op.Time()},
			{Name: "deleted_at", Type: op.Time()},
			{Name: "text", Type: op.Text()},
		},
		PrimaryKey: op.Columns("id"),
		Indexes:    []op.Index{{Name: "idx_notes_deleted_at", Columns: op.Columns("deleted_at")}},
	}, table(t, load(t, open(t), &Note{}), "notes"))
}
