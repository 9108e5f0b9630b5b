// Package words says a live schema in the words of others.
//
// A catalogue shows less than a model says: text for a string of 100
// characters, integer for a bool. The words come from the models and from the
// revisions; the live database says whether they are true. A dialect reads the
// live schema, finds out what it would store for each table in words (a
// [Saying]), and tells by its [Rules] when two stored forms are the same;
// [Speak] then puts the words where they are true, attribute by attribute, and
// leaves what is there where they are not. Of what the database could not be
// asked about [Speak] says that it was not compared. And where two schemas in
// words differ only in how they spell an expression, [Rephrase] gives the later
// one the words of the first.
package words
