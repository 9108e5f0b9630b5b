package autogen_test

import (
	"errors"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

type (
	// A user has all that refers to a table: a key to itself, a key from
	// others, a many2many relation, and one to itself.
	User struct {
		ID        uint
		Name      string `gorm:"size:40;index;unique;check:chk_users_name,name <> ''"`
		BossID    *uint
		Boss      *User
		Notes     []NoteOfUser
		Languages []*Language `gorm:"many2many:user_languages"`
		Friends   []*User     `gorm:"many2many:user_friends"`
	}
	NoteOfUser struct {
		notes
		ID     uint
		UserID uint
		Text   string `gorm:"size:40"`
	}
	Language struct {
		ID    uint
		Users []*User `gorm:"many2many:user_languages"`
	}

	Account struct {
		ID        uint
		Title     string `gorm:"size:40;index;unique;check:chk_accounts_title,title <> '';renamedFrom:name"`
		BossID    *uint
		Boss      *Account
		Notes     []NoteOfAccount
		Languages []*LanguageOfAccount `gorm:"many2many:account_languages;renamedFrom:user_languages"`
		Friends   []*Account           `gorm:"many2many:user_friends"`
	}
	NoteOfAccount struct {
		notes
		ID        uint
		AccountID uint   `gorm:"renamedFrom:user_id"`
		Text      string `gorm:"size:40"`
	}
	LanguageOfAccount struct {
		ID       uint
		Accounts []*Account `gorm:"many2many:account_languages"`
	}

	// Two tables that change places.
	Cat struct {
		ID   uint
		Meow string `gorm:"size:20;index"`
		Dogs []Dog
	}
	Dog struct {
		ID    uint
		Bark  string `gorm:"size:20;index"`
		CatID *uint
	}
	CatWasDog struct {
		ID          uint
		Bark        string `gorm:"size:20;index"`
		DogWasCatID *uint  `gorm:"column:cat_id"`
	}
	DogWasCat struct {
		ID   uint
		Meow string `gorm:"size:20;index"`
		Dogs []CatWasDog
	}
)

type (
	// A table that gets another name and other columns at once.
	Shelf struct {
		ID     uint
		Label  string  `gorm:"size:40;index"`
		Width  int32   `gorm:"index:idx_shelves_size,priority:1"`
		Height int32   `gorm:"index:idx_shelves_size,priority:2"`
		Wood   *string `gorm:"size:20"`
		Old    string  `gorm:"size:20;index"`
	}
	Rack struct {
		ID     uint
		Title  string `gorm:"size:40;renamedFrom:label;index"`
		Width  int64  `gorm:"index:idx_racks_size,priority:1"`
		Height int32  `gorm:"index:idx_racks_size,priority:2"`
		Wood   string `gorm:"size:20;not null;uniqueIndex:idx_racks_wood,priority:2"`
		Row    int    `gorm:"column:row_no;not null;uniqueIndex:idx_racks_wood,priority:1"`
	}
	// A key of two columns, and one that refers to it.
	Room struct {
		House  string `gorm:"primaryKey;size:20"`
		Number int    `gorm:"primaryKey;autoIncrement:false"`
		Beds   []Bed  `gorm:"foreignKey:RoomHouse,RoomNumber;references:House,Number"`
	}
	Bed struct {
		ID         uint
		RoomHouse  string `gorm:"size:20"`
		RoomNumber int
	}
	Chamber struct {
		Building string         `gorm:"primaryKey;size:20;renamedFrom:house"`
		Number   int            `gorm:"primaryKey;autoIncrement:false"`
		Beds     []BedInChamber `gorm:"foreignKey:RoomHouse,ChamberNumber;references:Building,Number"`
	}
	BedInChamber struct {
		ID            uint
		RoomHouse     string `gorm:"size:20"`
		ChamberNumber int    `gorm:"renamedFrom:room_number"`
	}
)

func (Rack) RenamedFrom() string       { return "shelves" }
func (Chamber) RenamedFrom() string    { return "rooms" }
func (BedInChamber) TableName() string { return "beds" }

type notes struct{}

func (notes) TableName() string { return "notes" }

func (Account) RenamedFrom() string           { return "users" }
func (LanguageOfAccount) RenamedFrom() string { return "languages" }
func (CatWasDog) TableName() string           { return "cats" }
func (DogWasCat) TableName() string           { return "dogs" }

func TestRenameTable(t *testing.T) {
	runRenamings(t, []renaming{
		{
			name:   "with all that refers to it",
			before: []any{&User{}, &NoteOfUser{}, &Language{}}, after: []any{&Account{}, &NoteOfAccount{}, &LanguageOfAccount{}},
			insert: []string{
				"INSERT INTO users (name) VALUES ('ann')", "INSERT INTO users (name, boss_id) VALUES ('bob', 1)",
				"INSERT INTO notes (user_id, text) VALUES (2, 'x')", "INSERT INTO languages (id) VALUES (1)",
				"INSERT INTO user_languages (user_id, language_id) VALUES (2, 1)", "INSERT INTO user_friends (user_id, friend_id) VALUES (1, 2)",
			},
			rows:        "SELECT title, boss_id, text, language_of_account_id, f.account_id FROM accounts a JOIN notes n ON n.account_id = a.id JOIN account_languages l ON l.account_id = a.id JOIN user_friends f ON friend_id = a.id",
			old:         "SELECT name, boss_id, text, language_id, f.user_id FROM users u JOIN notes n ON n.user_id = u.id JOIN user_languages l ON l.user_id = u.id JOIN user_friends f ON friend_id = u.id",
			want:        []string{"bob|1|x|1|1"},
			insertAfter: []string{"INSERT INTO accounts (title, boss_id) VALUES ('cid', 1)"},
		},
		{
			name:   "in exchange for another",
			before: []any{&Cat{}, &Dog{}}, after: []any{&DogWasCat{}, &CatWasDog{}},
			answer: func(o *autogen.Options) {
				o.Renames = []diff.Rename{{From: "cats", To: "dogs"}, {From: "dogs", To: "cats"}}
			},
			insert: []string{"INSERT INTO cats (meow) VALUES ('m')", "INSERT INTO dogs (bark, cat_id) VALUES ('b', 1)"},
			rows:   "SELECT meow, bark, cat_id FROM cats JOIN dogs ON dogs.id = cat_id", old: "SELECT meow, bark, cat_id FROM dogs JOIN cats ON cats.id = cat_id",
			want:        []string{"m|b|1"},
			insertAfter: []string{"INSERT INTO cats (bark) VALUES ('c')"},
		},
		{
			name:   "with other changes of it",
			before: []any{&Shelf{}}, after: []any{&Rack{}},
			answer: func(o *autogen.Options) {
				o.Backfills = map[string]op.Default{"racks.wood": op.Literal("oak"), "racks.row_no": op.Expr("id")}
				o.Drops = []string{"racks.old"}
			},
			insert: []string{"INSERT INTO shelves (label, width, height, wood, old) VALUES ('A', 1, 2, NULL, ''), ('B', 3, 4, 'ash', '')"},
			rows:   "SELECT title, width, height, wood, row_no FROM racks ORDER BY id", old: "SELECT label, width, height FROM shelves ORDER BY id",
			want:        []string{"A|1|2|oak|1", "B|3|4|ash|2"},
			insertAfter: []string{"INSERT INTO racks (title, wood, row_no) VALUES ('C', 'fir', 1)"},
		},
		{
			name:   "with a key of several columns, to which others refer",
			before: []any{&Room{}, &Bed{}}, after: []any{&Chamber{}, &BedInChamber{}},
			insert: []string{"INSERT INTO rooms VALUES ('h', 1)", "INSERT INTO beds (room_house, room_number) VALUES ('h', 1)"},
			up: []string{
				"rename table rooms to chambers", "rename column beds.room_number to chamber_number", "rename column chambers.house to building",
				"rename constraint fk_rooms_beds on beds to fk_chambers_beds",
			},
			rows: "SELECT building, number FROM chambers JOIN beds ON room_house = building AND chamber_number = number",
			old:  "SELECT house, number FROM rooms JOIN beds ON room_house = house AND room_number = number",
			want: []string{"h|1"},
		},
	})
}

type (
	Speaker struct {
		ID      uint
		Tongues []Tongue `gorm:"many2many:spoken"`
	}
	Tongue struct {
		ID uint
	}
	Talker struct {
		ID      uint
		Tongues []Tongue `gorm:"many2many:spoken"`
	}
)

// Without a hint the table is asked about, and the columns of join tables follow
// the answer; without foreign keys nothing shows that they do, so they are asked
// about as well.
func TestRenamedModelWithoutHint(t *testing.T) {
	about := func(t *testing.T, err error) []string {
		t.Helper()
		var open *autogen.QuestionsError
		if !errors.As(err, &open) {
			t.Fatalf("got %v, want questions", err)
		}
		var answers []string
		for _, q := range open.Questions {
			answers = append(answers, q.Answers...)
		}
		return answers
	}
	all := []string{"--rename-table speakers=talkers", "--drop speakers", "--rename spoken.speaker_id=talker_id", "--drop spoken.speaker_id", "--backfill spoken.talker_id=<SQL literal or expression>"}
	for _, c := range []struct {
		name          string
		keys          bool
		first, second []string
	}{
		{"with foreign keys", true, all, nil},
		{"without", false, all, all[2:]},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProject(t)
			p.db.DisableForeignKeyConstraintWhenMigrating = !c.keys
			p.generate(&Speaker{}, &Tongue{})
			p.upgrade()
			p.exec("INSERT INTO speakers DEFAULT VALUES", "INSERT INTO tongues DEFAULT VALUES", "INSERT INTO spoken VALUES (1, 1)")
			o := p.options(&Talker{}, &Tongue{})
			_, err := autogen.Generate(t.Context(), o)
			same(t, c.first, about(t, err))

			o.Renames = []diff.Rename{{From: "speakers", To: "talkers"}}
			result, err := autogen.Generate(t.Context(), o)
			if c.second != nil {
				same(t, c.second, about(t, err))
				o.Renames = append(o.Renames, diff.Rename{Table: "spoken", From: "speaker_id", To: "talker_id"})
				result, err = autogen.Generate(t.Context(), o)
			}
			p.add(result, err)
			p.upgrade()
			same(t, []string{"1"}, p.query("SELECT tongue_id FROM spoken JOIN talkers ON talkers.id = talker_id"))
		})
	}
}

type (
	CrateInApp struct {
		ID    uint
		Label string     `gorm:"size:20;index"`
		Lids  []LidInApp `gorm:"foreignKey:CrateID"`
	}
	LidInApp struct {
		ID      uint
		CrateID uint
	}
	BoxInApp struct {
		ID    uint
		Label string       `gorm:"size:20;index"`
		Lids  []LidInStore `gorm:"foreignKey:CrateID"`
	}
	LidInStore struct {
		ID      uint
		CrateID uint
	}
)

func (CrateInApp) TableName() string   { return "app.crates" }
func (LidInApp) TableName() string     { return "app.lids" }
func (BoxInApp) TableName() string     { return "app.boxes" }
func (BoxInApp) RenamedFrom() string   { return "app.crates" }
func (LidInStore) TableName() string   { return "store.lids" }
func (LidInStore) RenamedFrom() string { return "app.lids" }

// A table may move to another schema, which is made where it is not there.
func TestRenameTableInSchema(t *testing.T) {
	c := renaming{
		before: []any{&CrateInApp{}, &LidInApp{}}, after: []any{&BoxInApp{}, &LidInStore{}},
		insert: []string{"INSERT INTO app.crates (label) VALUES ('a')", "INSERT INTO app.lids (crate_id) VALUES (1)"},
		rows:   "SELECT label, crate_id FROM app.boxes b JOIN store.lids l ON l.crate_id = b.id", old: "SELECT label, crate_id FROM app.crates c JOIN app.lids l ON l.crate_id = c.id",
		want:        []string{"a|1"},
		insertAfter: []string{"INSERT INTO app.boxes (label) VALUES ('b')", "INSERT INTO store.lids (crate_id) VALUES (2)"},
	}
	c.run(t, "postgres")
}
