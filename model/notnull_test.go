package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

func TestTakeApartNotNull(t *testing.T) {
	for text, want := range map[string]string{
		"varchar(20) NOT NULL":                 "varchar(20)",
		"double precision  not\tnull":          "double precision",
		"timestamp(3) with time zone NOT NULL": "timestamp(3) with time zone",
		"enum('a', 'b') NOT NULL":              "enum('a', 'b')",
		"numeric(10,2) UNIQUE NOT NULL":        "numeric(10,2) UNIQUE",
		"varchar(20)":                          "",
		"varchar(20) NULL":                     "",
		"int DEFAULT 5 NOT NULL":               "",
		"bool default true not null":           "",
		"int NOT NULL DEFAULT 5":               "",
		"text CHECK (a IS NOT NULL)":           "",
		"text COMMENT 'may be NOT NULL'":       "",
		"enum('a NOT NULL')":                   "",
	} {
		plain := op.Column{Type: op.Raw(text)}
		wanted := plain
		if want != "" {
			wanted = op.Column{Type: op.Raw(want), NotNull: true}
		}
		if d := cmp.Diff(wanted, TakeApart(plain)); d != "" {
			t.Errorf("%q (-want +got):\n%s", text, d)
		}
	}
	spelled := op.Column{Type: op.Raw("text NOT NULL").On("mysql", "varchar(9) NOT NULL")}
	if d := cmp.Diff(spelled, TakeApart(spelled)); d != "" {
		t.Errorf("with a spelling of its own (-want +got):\n%s", d)
	}
}
