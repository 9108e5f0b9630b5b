// Package render turns values of package op into text.
//
//   - [Go] and [File] write a revision as the Go source file that people
//     review, commit and compile into their program.
//   - [FileName] is the name that the file gets.
//   - [Message] words a change in a few words, for a revision without a message.
//   - [Text] and [Lines] show a list of operations to people.
//
// JSON is op's own: encode an [op.Revision] or an [op.List] with
// encoding/json.
//
// Everything here is pure: equal values give equal bytes. What is written
// names no model type and is gofmt-clean.
package render
