package draws

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { Main(m) }

// Two runs draw the same.
func TestFixed(t *testing.T) {
	var runs [2][]int
	for i := range runs {
		rapid.Check(t, func(t *rapid.T) { runs[i] = append(runs[i], rapid.Int().Draw(t, "n")) })
	}
	if len(runs[0]) < 2 || runs[0][1] != runs[1][1] || runs[0][0] == runs[0][1] && runs[0][1] == runs[0][len(runs[0])-1] {
		t.Errorf("%v and %v", runs[0], runs[1])
	}
}
