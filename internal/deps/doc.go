// Package deps has no code of its own. Its test pins which package may import
// which: data goes one way through the rooms, and a program that only applies
// revisions links nothing of what writes them.
package deps
