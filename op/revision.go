package op

import (
	"path"
	"runtime"
)

// Revision is one unit of history: what leads from the state that its parents
// leave to the next one, and back.
type Revision struct {
	// ID is 12 hexadecimal digits where the tool made it; any text without
	// spaces and the signs @ : + - that is unique in the collection will do.
	ID string `json:"id"`
	// Parents are the ids of the revisions before this one: none for the first,
	// several for one that joins branches.
	Parents []string `json:"parents,omitzero"`
	// DependsOn are revisions of other branches that have to run before this
	// one and stay as long as it does, by id or by label. The branches stay
	// separate: unlike a parent, a revision that is depended on is still a head.
	DependsOn []string `json:"depends_on,omitzero"`
	// Labels name the branch that the revision is on, for targets such as
	// "label@head". They hold for all that builds on the revision, too, and back
	// to where the branch begins. A label is on one revision of the collection,
	// and has none of the signs that an id has not.
	Labels []string `json:"labels,omitzero"`
	// Created is when the file was written, as RFC 3339 in UTC.
	Created string `json:"created,omitzero"`
	Message string `json:"message,omitzero"`
	// Database is the only database that the revision is for, as GORM's
	// dialector names it. Empty: all. A generated revision with a raw type or
	// expression names the one that it was made for; without the field it would
	// be tried anywhere.
	Database string `json:"database,omitzero"`
	// NoTransaction lets each step be committed by itself, for what cannot run in
	// a transaction (CREATE INDEX CONCURRENTLY, VACUUM) or is of no use before it
	// ends (a value of ALTER TYPE … ADD VALUE). SQL of the user's is committed
	// statement by statement. The steps are written down, so that a run that ends
	// in the middle can be gone on with. Databases that commit each change to a
	// table by itself do so in any case.
	NoTransaction bool `json:"no_transaction,omitzero"`
	Up            List `json:"up,omitzero"`
	Down          List `json:"down,omitzero"`
	// File is the name of the Go file that added the revision, without its
	// folder, for messages that send a person there. [Revisions.Add] sets it;
	// nothing else depends on it.
	File string `json:"file,omitzero"`
}

// Revisions is the collection of one migrations package. The zero value is
// empty and ready to use. The order does not matter: parents make it.
type Revisions []Revision

// Add puts revisions into the collection, and notes in those that name no File
// the one that it is called from. It is called from the init functions of
// generated files and reports nothing: what is wrong with a collection, a
// repeated id for example, is said when it is used.
func (r *Revisions) Add(revisions ...Revision) {
	_, file, _, known := runtime.Caller(1)
	for _, revision := range revisions {
		if revision.File == "" && known {
			revision.File = path.Base(file) // slashes, on every system
		}
		*r = append(*r, revision)
	}
}
