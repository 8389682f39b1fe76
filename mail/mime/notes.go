package mime

// maxNotes bounds what a mail can make us say about it.
const maxNotes = 20

// notes collects what was wrong with a mail, each sentence once.
type notes struct{ list []string }

func (n *notes) add(sentence string) {
	if len(n.list) >= maxNotes {
		return
	}
	for _, said := range n.list {
		if said == sentence {
			return
		}
	}
	n.list = append(n.list, sentence)
}
