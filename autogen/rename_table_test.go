package autogen_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
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
	})
}
