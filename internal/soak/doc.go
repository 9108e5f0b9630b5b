// Package soak runs upgrades in processes of their own: many at once on one
// empty database, and ones that are killed at random moments. Whatever happens,
// each step must have had its effect exactly once in the end.
//
// An ordinary test run makes a few rounds from a fixed seed. scripts/soak makes
// them all:
//
//	go test ./internal/soak -soak.together=50 -soak.kills=200 -soak.seed=0
package soak
