package acceptance

import (
	"slices"

	"github.com/go-limbeck/limbeck/diff"
)

// foreignKeys come, go, change and move.
func foreignKeys() []change {
	type Owner struct {
		ID   uint
		Name string `gorm:"size:40"`
	}
	type Other struct {
		ID   uint
		Name string `gorm:"size:40"`
	}
	// thing is a model with a reference, beside the two that it may refer to.
	refer := func(fields ...field) []any { return append(thing(fields...), &Owner{}, &Other{}) }
	owner := func(tag string) []any {
		return refer(f[*uint]("OwnerID", ""), f[*Owner]("Owner", "foreignKey:OwnerID;"+tag))
	}
	of := func(name string, before, after []any) change { return change{name: name, before: before, after: after} }
	none := refer(f[*uint]("OwnerID", ""))
	plain := owner("")
	return slices.Concat(
		of("key", none, plain).holds("things.owner_id", "1", "2", "NULL").andBack(),
		of("delete action", plain, owner("constraint:OnDelete:CASCADE")).andBack(),
		of("another delete action", owner("constraint:OnDelete:CASCADE"), owner("constraint:OnDelete:SET NULL")).andBack(),
		of("update action", plain, owner("constraint:OnUpdate:CASCADE")).andBack(),
		of("both actions", plain, owner("constraint:OnUpdate:CASCADE,OnDelete:RESTRICT")).andBack(),
		of("name", plain, owner("constraint:fk_x,OnDelete:CASCADE")).andBack(),
		of("target", plain, refer(f[*uint]("OwnerID", ""), f[*Other]("Owner", "foreignKey:OwnerID"))).andBack(),
		of("with its column", refer(), plain).andBack(),
		of("with its index", refer(), refer(f[*uint]("OwnerID", "index"), f[*Owner]("Owner", "foreignKey:OwnerID"))).andBack(),
		of("index beside it", plain, refer(f[*uint]("OwnerID", "index"), f[*Owner]("Owner", "foreignKey:OwnerID"))).andBack(),
		of("unique beside it", plain, refer(f[*uint]("OwnerID", "unique"), f[*Owner]("Owner", "foreignKey:OwnerID"))).andBack(),
		of("not null", plain, refer(f[uint]("OwnerID", "not null"), f[*Owner]("Owner", "foreignKey:OwnerID"))).refuses(all, "--backfill things.owner_id=").andBack()[:1],
		of("column may be null", refer(f[uint]("OwnerID", "not null"), f[*Owner]("Owner", "foreignKey:OwnerID")), plain).andBack()[:1],
		of("two keys", plain, refer(f[*uint]("OwnerID", ""), f[*Owner]("Owner", "foreignKey:OwnerID"), f[*uint]("OtherID", ""), f[*Other]("Other", "foreignKey:OtherID"))).andBack(),
		of("two keys swap targets",
			refer(f[*uint]("AID", "column:a_id"), f[*Owner]("A", "foreignKey:AID"), f[*uint]("BID", "column:b_id"), f[*Other]("B", "foreignKey:BID")),
			refer(f[*uint]("AID", "column:a_id"), f[*Other]("A", "foreignKey:AID"), f[*uint]("BID", "column:b_id"), f[*Owner]("B", "foreignKey:BID"))).andBack(),
		[]change{{
			name: "rename of its column", before: plain, after: refer(f[*uint]("KeeperID", ""), f[*Owner]("Keeper", "foreignKey:KeeperID")),
			renames: []diff.Rename{{Table: "things", From: "owner_id", To: "keeper_id"}},
		}},
		selfReferences(), composite(), references(), retyped(),
	)
}

// selfReferences are keys of a table to itself.
func selfReferences() (list []change) {
	var plain, keyed, cascading []any
	{
		type Node struct {
			ID       uint
			ParentID *uint
		}
		plain = []any{&Node{}}
	}
	{
		type Node struct {
			ID       uint
			ParentID *uint
			Parent   *Node
		}
		keyed = []any{&Node{}}
	}
	{
		type Node struct {
			ID       uint
			ParentID *uint
			Children []Node `gorm:"foreignKey:ParentID;constraint:OnDelete:CASCADE"`
		}
		cascading = []any{&Node{}}
	}
	return slices.Concat(
		change{name: "to itself", before: plain, after: keyed}.holds("nodes.parent_id", "2", "1", "NULL").andBack(),
		change{name: "to itself, from the other side", before: keyed, after: cascading}.andBack(),
		change{name: "to itself, with the table", before: []any{&marker{}}, after: append([]any{&marker{}}, keyed...)}.andBack(),
	)
}

// marker is a table that stays, where nothing else would.
type marker struct{ ID uint }

func (marker) TableName() string { return "markers" }

// composite are keys of two columns.
func composite() []change {
	type Depot struct {
		A int `gorm:"primaryKey;autoIncrement:false"`
		B int `gorm:"primaryKey;autoIncrement:false"`
		C int `gorm:"not null"`
	}
	refer := func(fields ...field) []any { return append(thing(fields...), &Depot{}) }
	a, b := f[int]("DepotA", ""), f[int]("DepotB", "")
	keyed := refer(a, b, f[*Depot]("Depot", "foreignKey:DepotA,DepotB;references:A,B"))
	return slices.Concat(
		change{name: "of two columns", before: refer(a, b), after: keyed}.holds("things.depot_a", "1", "2", "NULL").holds("things.depot_b", "11", "12", "NULL").andBack(),
		change{name: "of two columns, with them", before: refer(), after: keyed}.andBack(),
		change{
			name: "of two columns, delete action", before: keyed,
			after: refer(a, b, f[*Depot]("Depot", "foreignKey:DepotA,DepotB;references:A,B;constraint:OnDelete:CASCADE")),
		}.andBack(),
	)
}

// references are keys to other columns than the primary key.
func references() []change {
	var bare, unique, indexed []any
	{
		type Country struct {
			ID   uint
			Code string `gorm:"size:2;not null"`
		}
		bare = append(thing(f[string]("CountryCode", "size:2")), &Country{})
	}
	{
		type Country struct {
			ID   uint
			Code string `gorm:"size:2;not null;unique"`
		}
		unique = append(thing(f[string]("CountryCode", "size:2"), f[*Country]("Country", "foreignKey:CountryCode;references:Code")), &Country{})
	}
	{
		type Country struct {
			ID   uint
			Code string `gorm:"size:2;not null;uniqueIndex"`
		}
		indexed = append(thing(f[string]("CountryCode", "size:2"), f[*Country]("Country", "foreignKey:CountryCode;references:Code")), &Country{})
	}
	return slices.Concat(
		change{name: "needs a new unique", before: bare, after: unique}.andBack(),
		change{name: "needs a new unique index", before: bare, after: indexed}.andBack(),
		change{name: "stands on a unique that becomes an index", before: unique, after: indexed}.andBack(),
	)
}

// retyped are keys whose two sides get another type together.
func retyped() []change {
	var narrow, wide, text, small []any
	{
		type Owner struct {
			ID uint `gorm:"size:32"`
		}
		narrow = append(thing(f[*uint]("OwnerID", "size:32"), f[*Owner]("Owner", "foreignKey:OwnerID")), &Owner{})
	}
	{
		type Owner struct{ ID uint }
		wide = append(thing(f[*uint]("OwnerID", ""), f[*Owner]("Owner", "foreignKey:OwnerID")), &Owner{})
	}
	{
		type Owner struct {
			ID string `gorm:"size:40"`
		}
		text = append(thing(f[*string]("OwnerID", "size:40"), f[*Owner]("Owner", "foreignKey:OwnerID")), &Owner{})
	}
	{
		type Owner struct {
			ID string `gorm:"size:20"`
		}
		small = append(thing(f[*string]("OwnerID", "size:20"), f[*Owner]("Owner", "foreignKey:OwnerID")), &Owner{})
	}
	return slices.Concat(
		change{name: "wider on both sides", before: narrow, after: wide}.andBack(),
		change{name: "longer on both sides", before: small, after: text}.andBack(),
		change{name: "number to text on both sides", before: wide, after: text}.andBack()[:1],
	)
}
