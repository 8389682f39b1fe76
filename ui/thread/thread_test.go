package thread

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

func shown(lead consent.Lead, entries ...mail.Entry) *Model {
	m := New(theme.New(true, true), keys.Default())
	m.SetSize(60, 30)
	m.SetNow(uitest.Now)
	m.Show(lead)
	m.Update(event.PersonLoaded{Person: lead.ID, Entries: entries, History: consent.History{Lead: lead}})
	return m
}

func letter(text string) mail.Entry {
	return mail.Entry{At: uitest.Now, Message: mail.Message{From: mail.Address{Name: "Ewa"}, Subject: "Torby", Text: text, Whole: true}}
}

var lead = consent.Lead{ID: 1, Name: "Ewa", Since: uitest.Now}

// No line of a mail is lost by folding: every line is shown, or counted in the
// fold, and unfolded all are there.
func TestFoldingLosesNoLine(t *testing.T) {
	line := rapid.SampledFrom([]string{"a", "> b", ">> c", "", " > d", "e"})
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(line, 1, 30).Draw(t, "lines")
		text := strings.TrimRight(strings.Join(lines, "\n"), "\n ")
		var back []string
		total := 0
		for _, p := range cutQuotes(text) {
			back = append(back, p.text)
			total += p.lines
		}
		if got := strings.Join(back, "\n"); got != text || total != strings.Count(text, "\n")+1 {
			t.Fatalf("cut %q into %q", text, got)
		}
	})
}

func TestQuotesFoldAndUnfold(t *testing.T) {
	m := shown(lead, letter("Tak.\n> jeden\n> dwa\n> trzy"))
	if view := ansi.Strip(m.View()); strings.Contains(view, "jeden") || !strings.Contains(view, "3 quoted lines · z shows") {
		t.Fatal(view)
	}
	m.Update(uitest.Key("z"))
	if view := ansi.Strip(m.View()); !strings.Contains(view, "> jeden") {
		t.Fatal(view)
	}
}

// M11: every state of the outbox has its own words, and the reason and the next
// step stand under it.
func TestM11_EveryOutboxStateIsSaid(t *testing.T) {
	seen := map[string]mail.OutState{}
	for _, state := range []mail.OutState{mail.Queued, mail.Sending, mail.Unknown, mail.Sent, mail.Failed, mail.Refused} {
		out := mail.Outgoing{State: state, DueAt: uitest.Now.Add(8 * time.Second), Reason: "Why it is so.", NextStep: "What to do."}
		e := letter("x")
		e.Out, e.Outgoing = true, &out
		m := shown(lead, e)
		word, _ := m.state(out)
		if other, ok := seen[word]; ok {
			t.Errorf("%s and %s both say %q", state, other, word)
		}
		seen[word] = state
		if view := ansi.Strip(m.View()); !strings.Contains(view, word) || !strings.Contains(view, "Why it is so.") || !strings.Contains(view, "What to do.") {
			t.Errorf("%s:\n%s", state, view)
		}
	}
}

// L5b: of somebody who is not a lead there is no text, and the screen says why;
// of a fresh lead it is on its way.
func TestL5b_AnEnvelopeSaysWhyItHasNoText(t *testing.T) {
	e := letter("")
	e.Message.Whole = false
	if view := ansi.Strip(shown(consent.Lead{ID: 2, Name: "Rob"}, e).View()); !strings.Contains(view, "Only the envelope is here") {
		t.Error(view)
	}
	if view := ansi.Strip(shown(lead, e).View()); !strings.Contains(view, "fetching the text…") {
		t.Error(view)
	}
}

func TestEveryLineFitsWhateverItHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("aŻ華 \n>👩‍👧é/.-")), 0, 300, -1).Draw(t, "text")
		m := shown(lead, letter(text), letter(text))
		w, h := rapid.IntRange(12, 120).Draw(t, "w"), rapid.IntRange(3, 40).Draw(t, "h")
		m.SetSize(w, h)
		m.ScrollBy(rapid.IntRange(-50, 50).Draw(t, "scroll"))
		lines := strings.Split(m.View(), "\n")
		if len(lines) != h {
			t.Fatalf("%d lines of %d", len(lines), h)
		}
		for _, line := range lines {
			if layout.Width(line) != w {
				t.Fatalf("%d cells of %d: %q", layout.Width(line), w, line)
			}
		}
	})
}

func TestAnAnswerAboutSomebodyElseIsDropped(t *testing.T) {
	m := shown(lead, letter("Mine"))
	m.Update(event.PersonLoaded{Person: 99, Entries: []mail.Entry{letter("Theirs")}})
	if view := m.View(); strings.Contains(view, "Theirs") {
		t.Fatal(view)
	}
}

// Who is at the end stays there: a mail that leaves the outbox and is not in
// Sent yet makes the conversation shorter for one reload.
func TestTheNewestStaysInViewOverAShorterReload(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("Zdanie o lampach.\n", 40))
	entries := []mail.Entry{letter(long), letter("short question"), letter(long + "\nTHE ANSWER BEGINS")}
	load := func(m *Model, entries []mail.Entry) {
		m.Update(event.PersonLoaded{Person: lead.ID, Entries: entries, History: consent.History{Lead: lead}})
		_ = m.View()
	}
	m := shown(lead, entries...)
	_ = m.View()
	load(m, entries[:2])
	load(m, []mail.Entry{entries[0], entries[1]})
	load(m, append(entries[:2:2], letter("thank you, do send it")))
	if view := ansi.Strip(m.View()); !strings.Contains(view, "thank you, do send it") {
		t.Errorf("the newest mail is out of view:\n%s", view)
	}
	load(m, []mail.Entry{letter("tiny"), letter("small"), letter("x")})
	load(m, append(entries[:2:2], letter(long+"\nlast line"))) // as many as before, and longer
	if view := ansi.Strip(m.View()); !strings.Contains(view, "Zdanie o lampach") || !m.atEnd() {
		t.Errorf("the end was lost:\n%s", view)
	}
}
