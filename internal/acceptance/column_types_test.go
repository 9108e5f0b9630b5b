package acceptance

// columnTypes are changes of a type, by word and by size.
func columnTypes() []change {
	of := func(name string, before, after []any) change { return change{name: name, before: before, after: after} }
	return []change{
		of("string longer", thing(f[string]("A", "size:20")), thing(f[string]("A", "size:40"))),
		of("string shorter", thing(f[string]("A", "size:40")), thing(f[string]("A", "size:20"))),
		of("string to text", thing(f[string]("A", "size:20")), thing(f[string]("A", ""))),
		of("int wider", thing(f[int32]("A", "")), thing(f[int64]("A", ""))),
		of("int narrower", thing(f[int64]("A", "")), thing(f[int8]("A", ""))),
		of("int to uint", thing(f[int64]("A", "")), thing(f[uint64]("A", ""))),
		of("int to string", thing(f[int64]("A", "")), thing(f[string]("A", "size:20"))),
		of("bool to int", thing(f[bool]("A", "")), thing(f[int64]("A", ""))),
	}
}
