package diff

// meeting is the operations that have to do with one resource.
type meeting struct {
	resource                        resource
	creates, needs, letsGo, removes []int
}

// meetings returns the resources at which operations meet, with who does what
// there.
func (c *changer) meetings() []meeting {
	prints := make([]footprint, len(c.ops))
	creates, removes := false, false
	for i, o := range c.ops {
		f := c.footprint(o)
		ground := c.grounds(o)
		f.creates, f.removes = append(f.creates, ground...), append(f.removes, ground...)
		creates, removes = creates || len(f.creates) > 0, removes || len(f.removes) > 0
		prints[i] = f
	}
	numbers := map[resource]int{}
	var meetings []meeting
	at := func(r resource) *meeting {
		n, ok := numbers[r]
		if !ok {
			n = len(meetings)
			numbers[r] = n
			meetings = append(meetings, meeting{resource: r})
		}
		return &meetings[n]
	}
	for i, f := range prints {
		for _, r := range f.needs {
			m := at(r)
			m.needs = append(m.needs, i)
		}
		for _, r := range f.letsGo {
			m := at(r)
			m.letsGo = append(m.letsGo, i)
		}
	}
	// Where all is new, or all goes, most columns and names meet nobody.
	meets := func(r resource, others bool) bool {
		_, ok := numbers[r]
		return ok || others
	}
	for i, f := range prints {
		for _, r := range f.creates {
			if meets(r, removes) {
				m := at(r)
				m.creates = append(m.creates, i)
			}
		}
		for _, r := range f.removes {
			if meets(r, creates) {
				m := at(r)
				m.removes = append(m.removes, i)
			}
		}
	}
	return meetings
}
