package model

import (
	"errors"
	"fmt"

	"github.com/go-limbeck/limbeck/op"
)

// declared is what stands beside the models in the list.
type declared struct {
	enums *enums
	views *views
}

// takeDeclared divides what the user listed into models and the rest.
func takeDeclared(all []any) (models []any, d declared, err error) {
	d = declared{&enums{}, &views{}}
	for _, m := range all {
		switch m := m.(type) {
		case op.Enum:
			err = d.enums.declare(m)
		case *op.Enum:
			if m == nil {
				return nil, d, errors.New("loading models: a nil *op.Enum; pass op.Enum{Name: …, Values: …}")
			}
			err = d.enums.declare(*m)
		case op.View:
			err = d.views.declare(m)
		case *op.View:
			if m == nil {
				return nil, d, errors.New("loading models: a nil *op.View; pass op.View{Name: …, SQL: …}")
			}
			err = d.views.declare(*m)
		default:
			models = append(models, m)
		}
		if err != nil {
			return nil, d, fmt.Errorf("loading models: %w", err)
		}
	}
	return models, d, nil
}
