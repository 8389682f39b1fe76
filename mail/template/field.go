package template

import "strings"

// Field is one thing that a template may name.
type Field struct {
	Name    string
	About   string // what it is, for the help page
	Example string
}

// Fields is every field, in the order in which a help page shows them.
func Fields() []Field {
	return []Field{
		{"greeting", "the opening line in the template's language; made from the first name when not given", "Hello Aoife,"},
		{"first_name", "the person's first name; taken from the name when not given", "Aoife"},
		{"name", "the person's whole name", "Aoife Byrne"},
		{"company", "where the person works", "Liffey Studios Ltd"},
		{"role", "what the person does there", "Head of Facilities"},
		{"reason", "why you write to this person and nobody else", "You open a second studio in Cork in March."},
		{"source", "where the person's data came from", "liffeystudios.example/team"},
		{"source_date", "when it was found, as 2026-11-02", "2026-11-02"},
		{"their_subject", "the subject of the mail that you answer", "Lighting for Cork"},
		{"answer", "what you write yourself; nothing fills it but you", "Yes, we deliver to Ireland."},
		{"offer", "what your company offers, in one phrase", "energy-saving office lighting"},
		{"company_name", "your company's legal name", "Jasny Kąt sp. z o.o."},
		{"rep_name", "your name", "Marta Wiśniewska"},
		{"rep_phone", "your phone number", "+48 22 555 01 20"},
		{"signature", "the end of the mail; made from your name, company and phone when not given", "Marta Wiśniewska"},
		{"notice", "what the law wants the person to be told about their data", "I found your work address on …"},
		{"objection", "how the person can object; a paragraph of its own", "Reply STOP and we write no more."},
		{"tracking", "what this mail tracks, usually nothing", "This message contains no tracking."},
	}
}

func known(name string) bool {
	for _, f := range Fields() {
		if f.Name == name {
			return true
		}
	}
	return false
}

// nearest is the word of list that a typing error may have meant, or "".
func nearest(word string, list []string) string {
	best, least := "", 3
	for _, candidate := range list {
		if d := distance(strings.ToLower(word), candidate); d < least {
			best, least = candidate, d
		}
	}
	return best
}

func fieldNames() []string {
	var names []string
	for _, f := range Fields() {
		names = append(names, f.Name)
	}
	return names
}

// distance counts the letters to add, drop, change or swap with a neighbour.
func distance(a, b string) int {
	if len(a) > 40 {
		return len(a)
	}
	before, row := []int(nil), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
