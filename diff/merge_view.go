package diff

import "github.com/go-limbeck/limbeck/op"

// mergeViews returns the views of the goal: the wanted ones, and those that are
// not ours to drop.
func mergeViews(current, desired, owned op.Schema) (goal []op.View, unmanaged []Object) {
	goal = append(goal, desired.Views...)
	for _, v := range current.Views {
		if desired.View(v.Name) != nil || owned.View(v.Name) != nil {
			continue
		}
		goal = append(goal, v)
		unmanaged = append(unmanaged, Object{Kind: "view", Name: v.Name})
	}
	return goal, unmanaged
}
