package acceptance

import (
	"flag"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/internal/draws"
	"github.com/go-limbeck/limbeck/internal/golden"
	"github.com/go-limbeck/limbeck/internal/testdb"
)

// topics are the cases, by the name of their golden file.
var topics = []struct {
	name    string
	changes func() []change
}{
	{"column types", columnTypes},
	{"column defaults", columnDefaults},
	{"column attributes", columnAttributes},
	{"columns", columns},
	{"backfills", backfills},
	{"enums", enums},
	{"views", views},
	{"primary keys", primaryKeys},
	{"indexes", indexes},
	{"unique constraints", uniques},
	{"checks", checks},
	{"foreign keys", foreignKeys},
	{"tables", tables},
	{"schemas", schemas},
	{"relations", relations},
	{"own types", ownTypes},
	{"renames", renames},
	{"order", order},
}

var dialects = []string{"sqlite", "postgres", "mysql"}

// GORM's parser prints its errors to a global logger. And the cases wait for
// servers more than they compute, so that more of them than there are processors
// take half the time.
func TestMain(m *testing.M) {
	logger.Default = logger.Discard
	draws.Fix()
	if parallel := flag.Lookup("test.parallel"); parallel.Value.String() == parallel.DefValue {
		if err := parallel.Value.Set("6"); err != nil {
			panic(err)
		}
	}
	m.Run()
}

// entry is a case of a topic, with what came of it by database.
type entry struct {
	change
	topic    string
	outcomes map[string]string
}

func entries(t *testing.T) []*entry {
	var list []*entry
	for _, topic := range topics {
		seen := map[string]bool{}
		for _, c := range topic.changes() {
			if c.home != "" {
				c.name += ", for " + c.home
			}
			if seen[c.name] {
				t.Errorf("two cases of %s are called %q", topic.name, c.name)
			}
			seen[c.name] = true
			list = append(list, &entry{change: c, topic: topic.name, outcomes: map[string]string{}})
		}
	}
	return list
}

func TestAcceptance(t *testing.T) {
	list := entries(t)
	var files []written
	var lock sync.Mutex
	t.Run("cases", func(t *testing.T) {
		for _, dialect := range dialects {
			t.Run(dialect, func(t *testing.T) {
				pool := testdb.NewPool(t, dialect)
				for i, e := range list {
					if testing.Short() && i%8 != 0 {
						continue
					}
					t.Run(e.topic+"/"+e.name, func(t *testing.T) {
						t.Parallel()
						outcome, wrote := e.prove(t, dialect, pool)
						lock.Lock()
						defer lock.Unlock()
						e.outcomes[dialect] = outcome
						files = append(files, wrote...)
					})
				}
			})
		}
	})
	for _, topic := range topics {
		compare(t, topic.name, list)
	}
	t.Run("files", func(t *testing.T) { compile(t, files) })
	t.Logf("%d cases on each of %d databases", len(list), len(dialects))
}

// compare holds the outcomes to the golden file of the topic: the whole file
// where all its cases have run on all databases, otherwise those that have.
func compare(t *testing.T, topic string, list []*entry) {
	path := "testdata/" + strings.ReplaceAll(topic, " ", "_") + ".golden"
	var sections []string
	whole := true
	for _, e := range list {
		switch {
		case e.topic != topic:
		case len(e.outcomes) < len(dialects):
			whole = false
		default:
			sections = append(sections, section(e.name, e.outcomes))
		}
	}
	if whole {
		golden.Check(t, path, []byte(strings.Join(sections, "\n")))
		return
	}
	file, err := os.ReadFile(path)
	if err != nil && len(sections) > 0 {
		t.Errorf("reading golden file: %v", err)
	}
	want := strings.SplitAfter(string(file), "\n\n")
	for _, text := range sections {
		if !slices.ContainsFunc(want, func(s string) bool { return strings.TrimSpace(s) == strings.TrimSpace(text) }) {
			t.Errorf("%q holds something else; it is now:\n%s", path, text)
		}
	}
}

// section is a case in the golden file: the outcome where it is the same on all
// databases, otherwise each with the databases that have it.
func section(name string, outcomes map[string]string) string {
	var b strings.Builder
	b.WriteString("# " + name + "\n")
	var done []string
	for _, dialect := range dialects {
		outcome := outcomes[dialect]
		if slices.Contains(done, outcome) {
			continue
		}
		done = append(done, outcome)
		var same []string
		for _, other := range dialects {
			if outcomes[other] == outcome {
				same = append(same, other)
			}
		}
		if len(same) < len(dialects) {
			b.WriteString(strings.Join(same, ", ") + ":\n")
		}
		b.WriteString(outcome)
	}
	return b.String()
}
