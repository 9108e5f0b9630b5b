package acceptance

import "slices"

// order are changes that databases carry out in one order only.
func order() []change {
	type Owner struct {
		ID   uint
		Code string `gorm:"size:20;unique"`
	}
	refer := func(fields ...field) []any { return append(thing(fields...), &Owner{}) }
	keyed := func(tag string) []field {
		return []field{f[*uint]("OwnerID", tag), f[*Owner]("Owner", "foreignKey:OwnerID")}
	}
	of := func(name string, before, after []any) change { return change{name: name, before: before, after: after} }
	return slices.Concat(
		of("a column with all that can stand on it", refer(append(keyed("index;unique;check:owner_id > 0;default:1;comment:said"), f[int]("B", ""))...), refer(f[int]("B", ""))).andBack()[:1],
		of("all that can stand on a column, none of it stays", refer(keyed("index;check:owner_id > 0")...), refer(f[*uint]("OwnerID", ""))).holds("things.owner_id", "1", "2", "NULL").andBack(),
		// MySQL needs the index for the key (error 1553).
		of("index below a key that goes with it", refer(keyed("index")...), refer(f[*uint]("OwnerID", ""))).holds("things.owner_id", "1", "2", "NULL").andBack(),
		of("index below a key is another one", refer(keyed("index:idx_a")...), refer(append(keyed("index:idx_a"), f[int]("B", "index:idx_a"))...)).andBack(),
		of("index below a key becomes unique", refer(keyed("index:idx_a")...), refer(keyed("uniqueIndex:idx_a")...)).andBack(),
		of("index and key change together", refer(keyed("index:idx_a")...), refer(f[*uint]("OwnerID", "index:idx_b"), f[*Owner]("Owner", "foreignKey:OwnerID;constraint:OnDelete:CASCADE"))).andBack(),
		grounds(), numberedTargets(), crossed(), namesTaken(),
	)
}

// grounds are the keys that foreign keys stand on, and that change.
func grounds() []change {
	var byID, byCode, wider, both []any
	{
		type Owner struct {
			ID   uint
			Code string `gorm:"size:20;not null"`
		}
		byID = append(thing(f[*uint]("OwnerID", ""), f[*Owner]("Owner", "foreignKey:OwnerID"), f[string]("OwnerCode", "size:20")), &Owner{})
	}
	{
		type Owner struct {
			ID   uint
			Code string `gorm:"size:20;not null;unique"`
		}
		byCode = append(thing(f[*uint]("OwnerID", ""), f[string]("OwnerCode", "size:20"), f[*Owner]("Owner", "foreignKey:OwnerCode;references:Code")), &Owner{})
	}
	{
		type Owner struct {
			ID   uint
			Code string `gorm:"size:40;not null;unique"`
		}
		wider = append(thing(f[*uint]("OwnerID", ""), f[string]("OwnerCode", "size:40"), f[*Owner]("Owner", "foreignKey:OwnerCode;references:Code")), &Owner{})
	}
	{
		type Owner struct {
			ID   uint   `gorm:"primaryKey;autoIncrement:false"`
			Code string `gorm:"primaryKey;size:20"`
		}
		both = append(thing(f[*uint]("OwnerID", ""), f[string]("OwnerCode", "size:20"), f[*Owner]("Owner", "foreignKey:OwnerID,OwnerCode;references:ID,Code")), &Owner{})
	}
	codes := func(c change) change {
		return c.holds("owners.code", "'x'", "'y'", "'z'").holds("things.owner_code", "'x'", "'y'", "NULL").holds("things.owner_id", "1", "2", "NULL")
	}
	return slices.Concat(
		codes(change{name: "another key of the target", before: byID, after: byCode}).andBack(),
		codes(change{name: "longer key of the target", before: byCode, after: wider}).andBack(),
		codes(change{name: "wider key of the target", before: byID, after: both}).andBack(),
		codes(change{name: "wider and longer key of the target", before: wider, after: both}).andBack(),
	)
}

// numberedTargets are references to a key that stops or starts to be numbered.
func numberedTargets() []change {
	var numbered, given []any
	{
		type Owner struct{ ID uint }
		numbered = append(thing(f[*uint]("OwnerID", ""), f[*Owner]("Owner", "foreignKey:OwnerID")), &Owner{})
	}
	{
		type Owner struct {
			ID uint `gorm:"autoIncrement:false"`
		}
		given = append(thing(f[*uint]("OwnerID", ""), f[*Owner]("Owner", "foreignKey:OwnerID")), &Owner{})
	}
	return change{name: "number of a target", before: numbered, after: given}.andBack()
}

// crossed are changes of both sides of several references at once.
func crossed() []change {
	var before, after []any
	{
		type A struct {
			ID uint `gorm:"size:32"`
		}
		type B struct {
			ID  uint  `gorm:"size:32"`
			AID *uint `gorm:"size:32"`
			A   *A
		}
		type C struct {
			ID  uint  `gorm:"size:32"`
			AID *uint `gorm:"size:32"`
			A   *A
			BID *uint `gorm:"size:32"`
			B   *B
		}
		before = []any{&A{}, &B{}, &C{}}
	}
	{
		type A struct{ ID uint }
		type B struct {
			ID  uint
			AID *uint
			A   *A `gorm:"constraint:OnDelete:CASCADE"`
		}
		type C struct {
			ID  uint
			AID *uint `gorm:"index"`
			A   *A
			BID *uint
			B   *B
		}
		after = []any{&A{}, &B{}, &C{}}
	}
	return change{name: "types of a net of references", before: before, after: after}.andBack()
}

// namesTaken are names that something else has until it goes.
func namesTaken() []change {
	var table, index []any
	{
		type Thing struct {
			ID uint
			A  int `gorm:"index:others"`
		}
		index = []any{&Thing{}}
	}
	{
		type Thing struct {
			ID uint
			A  int
		}
		type Other struct{ ID uint }
		table = []any{&Thing{}, &Other{}}
	}
	return change{name: "name of an index becomes that of a table", before: index, after: table}.andBack()
}
