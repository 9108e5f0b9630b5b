package autogen

import (
	"context"
	"errors"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
)

// Result is what [Generate] and [Baseline] did.
type Result struct {
	// Plan is the comparison. Where its lists are empty nothing was written.
	Plan diff.Plan
	// File is the path of the file that was written, or "".
	File string
	// Revision is what the file holds.
	Revision op.Revision
	// Verified says on what the revision was run up, down and up before it was
	// written, such as "sqlite 3.46.1", or is empty.
	Verified string
	// NotVerified says why it was not.
	NotVerified string
}

// Generate compares and writes the difference as a revision file. Where there
// is no difference it writes nothing, and Result.File is empty. Open questions
// are a *[QuestionsError], a plan that does not hold a *[VerifyError]. With
// several heads it refuses ([ErrSeveralHeads]) unless Options.Head names one.
func Generate(ctx context.Context, o Options) (Result, error) {
	if err := o.toModels(); err != nil {
		return Result{}, err
	}
	f, err := openFolder(o)
	if err != nil {
		return Result{}, err
	}
	s, err := read(ctx, o)
	if err != nil {
		return Result{}, err
	}
	r, err := o.placed(s.graph)
	if err != nil {
		return Result{}, err
	}
	plan, err := s.compare(ctx, o)
	if err != nil {
		return Result{}, err
	}
	result := Result{Plan: plan}
	if len(plan.Questions) > 0 {
		return result, &QuestionsError{Questions: plan.Questions}
	}
	if plan.Empty() {
		return result, nil
	}
	r.Message = message(o, plan.Up)
	if err := o.rewrite(&plan, &r); err != nil {
		return result, err
	}
	if result.Plan = plan; plan.Empty() {
		return result, nil
	}
	if err := o.joins(r); err != nil { // again, since it may have been rewritten
		return result, err
	}
	if err := s.fits(ctx, plan.Up); err != nil {
		return result, err
	}
	if err := s.fitsBranch(r); err != nil {
		return result, err
	}
	_, err = s.verify(ctx, &plan, o)
	result.Plan = plan
	if err := result.verified(ctx, s, err); err != nil {
		return result, err
	}
	comment := []string{result.verification()}
	if database, bound := s.boundTo(plan); r.Database == "" && bound != "" {
		r.Database = database
		comment = append(comment, bound)
	}
	for _, sentence := range plan.Cautions {
		comment = append(comment, "Caution: "+sentence)
	}
	for _, sentence := range plan.Incomparable {
		comment = append(comment, "Not part of this revision: "+sentence)
	}
	result.Revision = r
	result.File, err = f.add(result.Revision, strings.Join(comment, "\n"))
	return result, err
}

// errSwitchedOff says that nobody wanted to verify.
var errSwitchedOff = errors.New("that was switched off")

// verified takes in how the verification went. Where there is no scratch
// database the revision is written all the same, and says so.
func (r *Result) verified(ctx context.Context, s *states, err error) error {
	switch {
	case err == nil:
		r.Verified, err = s.verified(ctx)
		return err
	case errors.Is(err, errSwitchedOff), errors.Is(err, ddl.ErrNoScratch):
		r.NotVerified = err.Error()
	default:
		return err
	}
	return nil
}

// verification says in a file what the revision was tried on, or why not.
func (r Result) verification() string {
	if r.Verified == "" {
		return "Not verified: " + r.NotVerified + "."
	}
	return "Verified: up, down, up on " + r.Verified + "."
}

// boundTo returns the database that a plan with raw text is for, and a sentence
// that says so.
func (s *states) boundTo(plan diff.Plan) (database, why string) {
	for _, ops := range []op.List{plan.Up, plan.Down} {
		if step, what := ops.Bound(); step > 0 {
			name := s.dialect.Name()
			return name, "Only for " + name + ": " + what + "."
		}
	}
	return "", ""
}

func message(o Options, up op.List) string {
	if text := strings.TrimSpace(o.Message); text != "" {
		return text
	}
	return render.Message(up)
}

// add writes a revision's file.
func (f folder) add(r op.Revision, comment string) (path string, err error) {
	return f.addFile(render.File{Package: f.packageName, Variable: variable, Comment: comment, Revision: r})
}
