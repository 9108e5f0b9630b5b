package diff

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// Compare returns the operations that lead from the current schema to the
// desired one and back. Both are in the same normal form, so things are equal
// when they are equal as values; names are identities. The order in which the
// inputs list tables, indexes and constraints means nothing; that of columns is
// the order in which new ones are added, and never a difference.
//
// The error names each of the answers in the options that does not fit the
// schemas, and lists what would.
func Compare(current, desired op.Schema, o Options) (Plan, error) {
	if isSettled(current, desired, o) {
		return Plan{}, nil
	}
	current, desired = canonical(current), canonical(desired)
	o, aboutEnums := o.divide(hasEnum(current, desired))
	answers, err := readAnswers(current, desired, o)
	if err != nil {
		return Plan{}, err
	}
	steps, wrote := writtenAs(current, desired, answers.renames)
	answers.renames = steps
	current, owned := canonical(renamed(current, steps)), renamed(o.Owned, steps)
	follow := func(steps op.List) {
		answers.renames = append(answers.renames, steps...)
		current, owned = canonical(renamed(current, steps)), renamed(owned, steps)
	}
	follow(joinColumns(current, desired, answers, o.JoinTables))
	enums, err := readEnumAnswers(current, desired, aboutEnums)
	if err != nil {
		return Plan{}, err
	}
	answers.take(enums)
	follow(enums.renames)
	follow(renamedParts(current, desired, owned))

	m := merge(current, desired, owned, answers)
	plan := Plan{
		Unmanaged:    m.unmanaged(),
		Questions:    m.questions,
		Incomparable: m.incomparable,
	}

	ask := &filler{
		flag: "backfill", answers: answers.backfills, used: map[place]bool{}, ask: true,
		replace: answers.replace, zeros: o.Zeros, renamed: len(answers.renames) > 0,
	}
	using := &converter{flag: "using", answers: answers.usings, convert: o.Convert, used: map[place]bool{}}
	up, err := changes(current, m.goal(), m.foreign(), ask, using)
	if err != nil {
		return Plan{}, fmt.Errorf("planning up: %w", err)
	}

	after, err := up.Apply(current)
	if err != nil {
		return Plan{}, fmt.Errorf("planning down: up does not fit the current schema (a bug, please report it): %w", err)
	}
	back := &converter{flag: usingDown, answers: answers.usingsDown, convert: o.Convert, used: map[place]bool{}}
	unasked := &filler{flag: backfillDown, answers: answers.backfillsDown, used: map[place]bool{}}
	down, err := changes(canonical(after), current, m.foreign(), unasked, back)
	if err != nil {
		return Plan{}, fmt.Errorf("planning down: %w", err)
	}
	if err := errors.Join(unasked.unused(), using.unused(), back.unused()); err != nil {
		return Plan{}, err
	}
	plan.Cautions = unasked.cautions
	plan.Questions = slices.Concat(plan.Questions, ask.questions, using.questions, back.questions)

	plan.Up = slices.Concat(answers.renames, up)
	plan.Down = slices.Concat(down, inverseRenames(answers.renames, wrote))
	if len(answers.renames) > 0 {
		plan.Up, plan.Down = viewsGoFirst(plan.Up), viewsLast(plan.Down)
	}
	slices.SortStableFunc(plan.Questions, func(a, b Question) int {
		return cmp.Compare(a.About, b.About)
	})
	slices.Sort(plan.Incomparable)
	return plan, nil
}
