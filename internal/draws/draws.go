// Package draws makes the random tests of an ordinary run the same each time,
// so that a change is judged by what it changes. Long runs (scripts/soak, or any
// with -rapid.checks or -rapid.seed) draw anew.
package draws

import (
	"flag"
	"testing"
)

// Main runs the tests of a package with one seed for all random draws, unless
// the command line says something about them. Call it from TestMain.
func Main(m *testing.M) {
	Fix()
	m.Run()
}

// Fix is for a TestMain that has more to do.
func Fix() {
	flag.Parse()
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "rapid.checks" || f.Name == "rapid.seed" })
	if seed := flag.Lookup("rapid.seed"); seed != nil && !said {
		if err := seed.Value.Set("20261123"); err != nil {
			panic(err) // the flag is a number
		}
	}
}
