package acceptance

// columnDefaults are those that come, go and change.
func columnDefaults() []change {
	return []change{
		{name: "add", before: thing(f[int]("A", "")), after: thing(f[int]("A", "default:7"))},
		{name: "change", before: thing(f[int]("A", "default:7")), after: thing(f[int]("A", "default:8"))},
		{name: "remove", before: thing(f[int]("A", "default:7")), after: thing(f[int]("A", ""))},
		{name: "add a text", before: thing(f[string]("A", "size:20")), after: thing(f[string]("A", "size:20;default:it's \"so\""))},
	}
}
