package model

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// views are those that stand beside the models.
type views struct{ list []op.View }

// declare adds a view, unless there is the same one.
func (v *views) declare(view op.View) error {
	view.SQL = strings.TrimSpace(strings.TrimRight(strings.TrimSpace(view.SQL), ";"))
	switch {
	case strings.TrimSpace(view.Name) == "":
		return fmt.Errorf("a view has no name (%s); give it one", view.SQL)
	case view.SQL == "":
		return fmt.Errorf("view %q has no query; give it one in SQL", view.Name)
	case len(view.SQL) >= 6 && strings.EqualFold(view.SQL[:6], "create"):
		return fmt.Errorf("view %q: the query begins with CREATE; give the query alone, SELECT …", view.Name)
	}
	for _, other := range v.list {
		if other.Name == view.Name && other != view {
			return fmt.Errorf("view %q is declared with two queries; declare it once", view.Name)
		}
		if other.Name == view.Name {
			return nil
		}
	}
	v.list = append(v.list, view)
	return nil
}

// check refuses views that the database could not hold beside the tables.
func (v *views) check(s op.Schema, checkName func(string) error) error {
	for _, view := range v.list {
		if s.Table(view.Name) != nil {
			return fmt.Errorf("loading models: %q is the name of a view and of a model's table; to map a struct to a view, leave the struct out of the list of models", view.Name)
		}
		if s.Enum(view.Name) != nil {
			return fmt.Errorf("loading models: %q is the name of a view and of an enum, which is one name for two things on postgres; give one of them another", view.Name)
		}
		if checkName == nil {
			continue
		}
		if err := checkName(view.Name); err != nil {
			return fmt.Errorf("loading models: view %q: %w", view.Name, err)
		}
	}
	return nil
}
