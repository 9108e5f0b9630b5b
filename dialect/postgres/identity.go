package postgres

import "strings"

// identityParts are the options of an identity column's sequence, each with
// what stands for it where it is not stated.
var identityParts = []struct{ word, none string }{
	{"START", "START WITH 1"},
	{"INCREMENT", "INCREMENT BY 1"},
	{"MINVALUE", "NO MINVALUE"},
	{"MAXVALUE", "NO MAXVALUE"},
	{"CACHE", "CACHE 1"},
	{"CYCLE", "NO CYCLE"},
}

// identityChanges returns the clauses that lead from the options of one
// identity column to those of another, such as SET INCREMENT BY 10.
func identityChanges(from, to string) []string {
	before, after := readIdentityOptions(from), readIdentityOptions(to)
	var list []string
	for _, part := range identityParts {
		was, is := before[part.word], after[part.word]
		if was == "" {
			was = part.none
		}
		if is == "" {
			is = part.none
		}
		if was != is {
			list = append(list, "SET "+is)
		}
	}
	return list
}

// readIdentityOptions takes options apart, by their first words.
func readIdentityOptions(text string) map[string]string {
	options := map[string]string{}
	tokens := tokenize(text)
	for i := 0; i < len(tokens); i++ {
		word, clause := strings.ToUpper(tokens[i].text), strings.ToUpper(tokens[i].text)
		if word == "NO" && i+1 < len(tokens) {
			i++
			word = strings.ToUpper(tokens[i].text)
			options[word] = "NO " + word
			continue
		}
		if word == "CYCLE" {
			options[word] = word
			continue
		}
		switch word {
		case "START":
			clause = "START WITH"
		case "INCREMENT":
			clause = "INCREMENT BY"
		}
		for i++; i < len(tokens) && (tokens[i].is("WITH") || tokens[i].is("BY") || tokens[i].is("-")); i++ {
			if tokens[i].is("-") {
				clause += " -"
			}
		}
		if i < len(tokens) {
			options[word] = strings.Replace(clause+" "+tokens[i].text, "- ", "-", 1)
		}
	}
	return options
}
