package model_test

import (
	"fmt"

	"github.com/go-limbeck/limbeck/model"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

func ExampleLoad() {
	type Author struct {
		ID   uint
		Name string `gorm:"size:100;not null;index"`
	}
	type Novel struct {
		ID       uint
		Title    string `gorm:"not null;default:untitled"`
		AuthorID uint
		Author   Author `gorm:"constraint:OnDelete:CASCADE"`
	}
	db, err := gorm.Open(sqlite.Open(":memory:"), &gorm.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	desired, err := model.Load(db, &Novel{}) // Author is added
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range desired.Tables {
		fmt.Println(t.Name)
		for _, c := range t.Columns {
			fmt.Printf("  %s %s, default %s\n", c.Name, c.Type, c.Default)
		}
		for _, x := range t.Indexes {
			fmt.Println("  index", x.Name)
		}
		for _, k := range t.ForeignKeys {
			fmt.Println("  foreign key", k)
		}
	}
	// Output:
	// authors
	//   id uint(64), default none
	//   name string(100), default none
	//   index idx_authors_name
	// novels
	//   id uint(64), default none
	//   title key_text, default 'untitled'
	//   author_id uint(64), default none
	//   foreign key (author_id) references authors (id) on delete cascade
}
