package conformance

// indexes are the options of section 1.5 of reference/gorm-ddl.md.
func indexes() []row {
	type IndexPlain struct {
		A int `gorm:"index"`
		B int `gorm:"index:by_b"`
		C int `gorm:"index:"`
		D int `gorm:"column:other;index"`
	}
	type IndexUnique struct {
		A int    `gorm:"uniqueIndex"`
		B int    `gorm:"index:,unique"`
		C string `gorm:"uniqueIndex:one_c"`
	}
	type IndexClass struct {
		A int `gorm:"index:,class:UNIQUE"`
		B int `gorm:"index:,class:unique"`
	}
	type IndexWhere struct {
		A int    `gorm:"index:,where:a > 0"`
		B string `gorm:"uniqueIndex:,where:b <> 'x\\,y' AND a IS NOT NULL"`
	}
	type IndexExpression struct {
		A string `gorm:"index:,expression:lower(a)"`
		B int    `gorm:"index:,expression:abs(b) + 1"`
		C string `gorm:"index:,unique,expression:substr(c\\,1\\,2)"`
	}
	type IndexSort struct {
		A int `gorm:"index:,sort:desc"`
		B int `gorm:"index:,sort:asc"`
	}
	type IndexCollate struct {
		A string `gorm:"index:,collate:nocase"`
		B string `gorm:"index:,collate:RTRIM,sort:desc"`
	}
	type IndexIgnoredOptions struct {
		A string `gorm:"index:,length:10,option:WITH PARSER ngram,comment:a note"`
	}
	type IndexComposite struct {
		A int `gorm:"index:pair"`
		B int `gorm:"index:pair"`
		C int `gorm:"uniqueIndex:,composite:abc"`
		D int `gorm:"uniqueIndex:,composite:abc"`
	}
	type IndexPriority struct {
		A int `gorm:"index:trio,priority:12"`
		B int `gorm:"index:trio"`
		C int `gorm:"index:trio,priority:1,sort:desc"`
	}
	type IndexSeveral struct {
		A int `gorm:"index;index:again,sort:desc;uniqueIndex:one_a"`
		B int `gorm:"unique;index"`
	}
	type place struct {
		City string `gorm:"index"`
		Zip  string `gorm:"uniqueIndex:zip_code"`
	}
	type IndexEmbeddedTwice struct {
		Bill place `gorm:"embedded;embeddedPrefix:bill_"`
		Ship place `gorm:"embedded;embeddedPrefix:ship_"`
	}
	type IndexWithAVeryLongNameIndeed struct {
		AFieldWhoseNameIsAlsoRatherLongIndeed int `gorm:"index;unique;check:a_field_whose_name_is_also_rather_long_indeed > 0"`
	}
	return each(&IndexPlain{}, &IndexUnique{}, &IndexClass{}, &IndexWhere{}, &IndexExpression{}, &IndexSort{}, &IndexCollate{},
		&IndexIgnoredOptions{}, &IndexComposite{}, &IndexPriority{}, &IndexSeveral{}, &IndexEmbeddedTwice{}, &IndexWithAVeryLongNameIndeed{})
}
