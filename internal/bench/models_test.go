package bench

// Models of any number, without a file of any size: a generic struct with a
// type for each digit of its number is a thousand structs, each with a table of
// its own.

type (
	d0 struct{}
	d1 struct{}
	d2 struct{}
	d3 struct{}
	d4 struct{}
	d5 struct{}
	d6 struct{}
	d7 struct{}
	d8 struct{}
	d9 struct{}
)

func (d0) String() string { return "0" }
func (d1) String() string { return "1" }
func (d2) String() string { return "2" }
func (d3) String() string { return "3" }
func (d4) String() string { return "4" }
func (d5) String() string { return "5" }
func (d6) String() string { return "6" }
func (d7) String() string { return "7" }
func (d8) String() string { return "8" }
func (d9) String() string { return "9" }

type digit interface {
	comparable
	String() string
}

// name is the table of three digits.
func name[A, B, C digit](prefix string) string {
	var a A
	var b B
	var c C
	return prefix + a.String() + b.String() + c.String()
}

// Plain has ten columns, two indexes and a foreign key, to the first table of
// its ten.
type Plain[A, B, C digit] struct {
	ID       uint
	Code     string `gorm:"size:40;not null;uniqueIndex"`
	Title    string `gorm:"size:200"`
	Body     string
	Price    float64 `gorm:"not null;default:0"`
	Count    int32   `gorm:"index"`
	Active   bool    `gorm:"not null;default:true"`
	Data     []byte
	Made     int64
	ParentID *uint
	Parent   *Plain[A, B, d0]
}

// TableName is t000 to t999.
func (Plain[A, B, C]) TableName() string { return name[A, B, C]("t") }

// Rich has in addition what a server writes in its own way, so that it has to
// be asked: a check, an expression as default, and a predicate or, on MySQL,
// which has none, a second check.
type Rich[A, B, C digit] struct {
	ID       uint
	Code     string `gorm:"size:40;not null;uniqueIndex"`
	Title    string `gorm:"size:200;check:title <> 'none'"`
	Body     string
	Price    float64 `gorm:"not null;default:(1 + 1)"`
	Count    int32   `gorm:"index;check:count >= 0 AND count < 1000000"`
	Active   bool    `gorm:"not null;default:true"`
	Data     []byte
	Made     int64
	ParentID *uint
	Parent   *Plain[A, B, d0]
}

// TableName is t000 to t999.
func (Rich[A, B, C]) TableName() string { return name[A, B, C]("t") }

func plainOnes[A, B digit]() []any {
	return []any{
		&Plain[A, B, d0]{}, &Plain[A, B, d1]{}, &Plain[A, B, d2]{}, &Plain[A, B, d3]{}, &Plain[A, B, d4]{},
		&Plain[A, B, d5]{}, &Plain[A, B, d6]{}, &Plain[A, B, d7]{}, &Plain[A, B, d8]{}, &Plain[A, B, d9]{},
	}
}

// richOnes are ten of which one is rich.
func richOnes[A, B digit]() []any {
	list := plainOnes[A, B]()
	list[9] = &Rich[A, B, d9]{}
	return list
}

func tens[A digit](rich bool) []any {
	if rich {
		return concat(richOnes[A, d0], richOnes[A, d1], richOnes[A, d2], richOnes[A, d3], richOnes[A, d4],
			richOnes[A, d5], richOnes[A, d6], richOnes[A, d7], richOnes[A, d8], richOnes[A, d9])
	}
	return concat(plainOnes[A, d0], plainOnes[A, d1], plainOnes[A, d2], plainOnes[A, d3], plainOnes[A, d4],
		plainOnes[A, d5], plainOnes[A, d6], plainOnes[A, d7], plainOnes[A, d8], plainOnes[A, d9])
}

func concat(parts ...func() []any) []any {
	var list []any
	for _, part := range parts {
		list = append(list, part()...)
	}
	return list
}

// models returns the first n of a thousand; rich says that one in ten has what
// a server has to be asked about.
func models(n int, rich bool) []any {
	var list []any
	for _, hundred := range []func(bool) []any{tens[d0], tens[d1], tens[d2], tens[d3], tens[d4], tens[d5], tens[d6], tens[d7], tens[d8], tens[d9]} {
		if len(list) < n {
			list = append(list, hundred(rich)...)
		}
	}
	return list[:n]
}
