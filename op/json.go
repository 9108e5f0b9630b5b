package op

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// MarshalJSON encodes the list as an array of objects, each with the
// operation's kind as its first member.
func (l List) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('[')
	for i, o := range l {
		if o == nil {
			return nil, nilOperation(i)
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fields, err := json.Marshal(o)
		if err != nil {
			return nil, fmt.Errorf("encoding %q: %w", o.Kind(), err)
		}
		if len(fields) < 2 || fields[0] != '{' {
			return nil, fmt.Errorf("encoding %q: the operation is not a JSON object", o.Kind())
		}
		kind, err := json.Marshal(o.Kind())
		if err != nil {
			return nil, err
		}
		b.WriteString(`{"kind":`)
		b.Write(kind)
		if len(fields) > 2 {
			b.WriteByte(',')
		}
		b.Write(fields[1:])
	}
	b.WriteByte(']')
	return b.Bytes(), nil
}

// UnmarshalJSON decodes what MarshalJSON wrote. It knows the operations of
// this package and refuses others by name.
func (l *List) UnmarshalJSON(data []byte) error {
	var items []json.RawMessage
	if err := json.Unmarshal(data, &items); err != nil {
		return err
	}
	var list List
	for i, item := range items {
		o, err := decode(item)
		if err != nil {
			return fmt.Errorf("decoding operation %d: %w", i+1, err)
		}
		list = append(list, o)
	}
	*l = list
	return nil
}

func decode(item json.RawMessage) (Operation, error) {
	var head struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(item, &head); err != nil {
		return nil, err
	}
	for _, decodeInto := range []func(json.RawMessage, string) (Operation, bool, error){
		as[CreateTable], as[DropTable], as[RenameTable], as[SetTableComment],
		as[AddColumn], as[DropColumn], as[RenameColumn], as[AlterColumn],
		as[CreateIndex], as[DropIndex], as[RenameIndex],
		as[AddUnique], as[DropUnique], as[AddForeignKey], as[DropForeignKey],
		as[AddCheck], as[DropCheck], as[RenameConstraint],
		as[AddPrimaryKey], as[DropPrimaryKey],
		as[CreateEnum], as[DropEnum], as[RenameEnum],
		as[AddEnumValue], as[RenameEnumValue], as[AlterEnum],
		as[CreateView], as[DropView], as[AlterView], as[Exec],
	} {
		if o, ok, err := decodeInto(item, head.Kind); ok || err != nil {
			return o, err
		}
	}
	return nil, fmt.Errorf("unknown kind of operation %q", head.Kind)
}

// as decodes the item where its kind is that of T.
func as[T Operation](item json.RawMessage, kind string) (Operation, bool, error) {
	var o T
	if o.Kind() != kind {
		return nil, false, nil
	}
	err := json.Unmarshal(item, &o)
	return o, err == nil, err
}
