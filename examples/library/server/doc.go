// Package server is the library's HTTP interface: books as JSON.
//
//	GET    /books?limit=20&offset=0  a page of books, by id
//	POST   /books                    add a book
//	GET    /books/{id}               one book
//	PUT    /books/{id}               replace it; what is left out becomes null
//	PATCH  /books/{id}               change what is given; the rest stays
//	DELETE /books/{id}               remove it
//
// A book reads
//
//	{"id": 1, "title": "Dune", "isbn": "9780441013593", "year": 1965, "author": "Frank Herbert"}
//
// Only the title is required; the id is the server's. Every error is an object
// {"error": "what is wrong"} with the status that says whose fault it is:
// 400 for input that is not valid, 404, 405, 409 for an ISBN that another book
// has, 413, 415, and 500 with no details, which go to the log.
package server
