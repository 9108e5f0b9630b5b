package render

import "github.com/go-limbeck/limbeck/op"

// tableOf returns the table that the operation is about, by the name it has
// before; "" for a step about none in particular.
func tableOf(o op.Operation) string {
	switch o := o.(type) {
	case op.CreateTable:
		return o.Name
	case op.DropTable:
		return o.Name
	case op.RenameTable:
		return o.From
	case op.SetTableComment:
		return o.Table
	case op.AddColumn:
		return o.Table
	case op.DropColumn:
		return o.Table
	case op.RenameColumn:
		return o.Table
	case op.AlterColumn:
		return o.Table
	case op.CreateIndex:
		return o.Table
	case op.DropIndex:
		return o.Table
	case op.RenameIndex:
		return o.Table
	case op.AddUnique:
		return o.Table
	case op.DropUnique:
		return o.Table
	case op.AddForeignKey:
		return o.Table
	case op.DropForeignKey:
		return o.Table
	case op.AddCheck:
		return o.Table
	case op.DropCheck:
		return o.Table
	case op.AddPrimaryKey:
		return o.Table
	case op.DropPrimaryKey:
		return o.Table
	case op.RenameConstraint:
		return o.Table
	}
	return ""
}
