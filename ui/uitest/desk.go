package uitest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// Files is what the desk and the import of a world hold beside its people.
type Files struct {
	Assessed  []consent.Assessment
	Decided   map[mail.PersonID][]consent.Decision
	CopiesErr error       // what the server answers
	More      []mail.Copy // what is found there beside what was known
	// Preview and Report are what the import answers, whatever the path.
	Preview consent.ImportPreview
	Report  consent.ImportReport
	// Told is the facts of the newest import.
	Told consent.ImportFacts
}

func placeLess(a, b consent.Place) int {
	if c := a.Due.Compare(b.Due); c != 0 {
		return c
	}
	return cmp.Compare(a.ID, b.ID)
}

// page is the cases after a place, at most limit, the first due first.
func page[T any](list []T, place func(T) consent.Place, after consent.Place, limit int) []T {
	slices.SortFunc(list, func(a, b T) int { return placeLess(place(a), place(b)) })
	from := 0
	if after != (consent.Place{}) {
		from, _ = slices.BinarySearchFunc(list, after, func(c T, p consent.Place) int {
			if placeLess(place(c), p) <= 0 {
				return -1
			}
			return 1
		})
	}
	return list[from:min(len(list), from+limit)]
}

func (w *World) noticeCases() []consent.NoticeCase {
	var list []consent.NoticeCase
	for _, p := range w.people {
		if s := p.Row.Standing; p.Row.Lead.IsLead() && !s.NoticeDue.IsZero() {
			list = append(list, consent.NoticeCase{Lead: p.Row.Lead, Due: s.NoticeDue, Standing: s})
		}
	}
	return list
}

func (w *World) retentionCases() []consent.RetentionCase {
	var list []consent.RetentionCase
	for _, p := range w.people {
		if !p.Row.Lead.IsLead() {
			continue
		}
		h := consent.History{Lead: p.Row.Lead, Events: p.Events}
		for _, e := range p.Entries {
			if e.Out {
				h.LastOutbound = e.At
			} else {
				h.Inbound = append([]consent.Inbound{{ID: e.Message.ID, At: e.At}}, h.Inbound...)
			}
		}
		if r := consent.RetentionOf(h, consent.DefaultPeriods(), Now); !r.EraseAfter.IsZero() || r.Class == consent.ClassHeld {
			list = append(list, consent.RetentionCase{Lead: p.Row.Lead, Retention: r})
		}
	}
	return list
}

func (w *World) requestCases() []consent.RequestCase {
	var list []consent.RequestCase
	for _, p := range w.people {
		for _, r := range consent.Requests(p.Events, "PL") {
			if r.Open() {
				list = append(list, consent.RequestCase{Request: r, Lead: p.Row.Lead})
			}
		}
	}
	slices.SortFunc(list, func(a, b consent.RequestCase) int {
		return placeLess(consent.Place{Due: a.Due, ID: a.Lead.ID}, consent.Place{Due: b.Due, ID: b.Lead.ID})
	})
	return list
}

// Each changes every person under the world's lock.
func (w *World) Each(change func(i int, p *Person)) {
	defer w.ask("Each")()
	for i, p := range w.people {
		change(i, p)
	}
}

// QueueCounts counts what waits.
func (w *World) QueueCounts(context.Context) (consent.QueueCounts, error) {
	defer w.ask("QueueCounts")()
	var c consent.QueueCounts
	for _, n := range w.noticeCases() {
		c.Notices++
		switch n.Standing.NoticeState(Now) {
		case consent.NoticeOver:
			c.NoticesOver++
		case consent.NoticeAmber:
			c.NoticesSoon++
		}
	}
	for _, r := range w.requestCases() {
		c.Requests++
		if r.Due.Before(Now) {
			c.RequestsOver++
		}
	}
	for _, r := range w.retentionCases() {
		if days, ok := r.Retention.DaysLeft(Now); ok && days < 30 {
			c.Retention++
		}
	}
	return c, w.Err
}

// Notices is a page of the leads who must be informed.
func (w *World) Notices(_ context.Context, after consent.Place, limit int) ([]consent.NoticeCase, error) {
	defer w.ask("Notices")()
	place := func(c consent.NoticeCase) consent.Place { return consent.Place{Due: c.Due, ID: c.Lead.ID} }
	return page(w.noticeCases(), place, after, limit), w.Err
}

// Requests is the open requests.
func (w *World) Requests(context.Context) ([]consent.RequestCase, error) {
	defer w.ask("Requests")()
	return w.requestCases(), w.Err
}

// Retention is a page of the leads whose data has an end.
func (w *World) Retention(_ context.Context, after consent.Place, limit int) ([]consent.RetentionCase, error) {
	defer w.ask("Retention")()
	place := func(c consent.RetentionCase) consent.Place {
		return consent.Place{Due: c.Retention.EraseAfter, ID: c.Lead.ID}
	}
	return page(w.retentionCases(), place, after, limit), w.Err
}

// Decisions is what the gate answered of a person.
func (w *World) Decisions(_ context.Context, id mail.PersonID, limit int) ([]consent.Decision, error) {
	defer w.ask("Decisions")()
	list := w.Decided[id]
	return list[:min(len(list), limit)], w.Err
}

// Assessments is what was assessed.
func (w *World) Assessments(context.Context) ([]consent.Assessment, error) {
	defer w.ask("Assessments")()
	return slices.Clone(w.Assessed), w.Err
}

// SaveAssessment keeps a new version.
func (w *World) SaveAssessment(_ context.Context, a consent.Assessment) (consent.Assessment, error) {
	defer w.ask("SaveAssessment")()
	if w.Err != nil {
		return a, w.Err
	}
	if a.ID == "" {
		a.ID = fmt.Sprintf("a%d", len(w.Assessed)+1)
	}
	a.Version = 1
	for i := range w.Assessed {
		if w.Assessed[i].ID == a.ID {
			a.Version = w.Assessed[i].Version + 1
			w.Assessed[i] = a
			return a, nil
		}
	}
	w.Assessed = append(w.Assessed, a)
	return a, nil
}

// Erase takes a person out of the world, and lists where their mails lie.
func (w *World) Erase(_ context.Context, id mail.PersonID, reason string) (consent.Erasure, error) {
	defer w.ask("Erase")()
	p, err := w.find(id)
	if err != nil {
		return consent.Erasure{}, err
	}
	e := consent.Erasure{At: Now, Reason: reason, Rows: map[string]int{"people": 1, "messages": len(p.Entries), "ledger": len(p.Events)}}
	for i, entry := range p.Entries {
		c := mail.Copy{Mailbox: "INBOX", UIDValidity: 1, UID: uint32(100 + i), ID: entry.Message.ID, At: entry.At, Out: entry.Out}
		if entry.Out {
			c.Mailbox = "Sent"
		}
		e.Copies = append(e.Copies, c)
	}
	w.people = slices.DeleteFunc(w.people, func(other *Person) bool { return other == p })
	for _, other := range w.people {
		for _, entry := range other.Entries {
			if strings.Contains(entry.Message.Text, p.Row.Lead.Address.Email) {
				e.Quotes = append(e.Quotes, mail.Copy{Mailbox: "INBOX", ID: entry.Message.ID, At: entry.At, Out: entry.Out})
			}
		}
	}
	w.out = slices.DeleteFunc(w.out, func(o mail.Outgoing) bool { return o.Person == id })
	delete(w.drafts, id)
	delete(w.Decided, id)
	return e, nil
}

// FindCopies finds More, unless CopiesErr says otherwise.
func (w *World) FindCopies(context.Context) ([]mail.Copy, error) {
	defer w.ask("FindCopies")()
	return w.More, w.CopiesErr
}

// EraseCopies deletes all, unless CopiesErr says otherwise.
func (w *World) EraseCopies(_ context.Context, copies []mail.Copy) (int, error) {
	defer w.ask("EraseCopies")()
	if w.CopiesErr != nil {
		return 0, w.CopiesErr
	}
	return len(copies), nil
}

// Import answers the report.
func (w *World) Import(_ context.Context, _ string, facts consent.ImportFacts) (consent.ImportReport, error) {
	defer w.ask("Import")()
	w.Told = facts
	return w.Report, w.Err
}

// PreviewImport answers the preview.
func (w *World) previewImport(facts consent.ImportFacts) (consent.ImportPreview, error) {
	defer w.ask("Preview")()
	w.Told = facts
	return w.Files.Preview, w.Err
}

// Intake is the import of a world: its method Preview would hide the field.
type Intake struct{ *World }

// Preview answers the preview.
func (i Intake) Preview(_ context.Context, _ string, facts consent.ImportFacts) (consent.ImportPreview, error) {
	return i.previewImport(facts)
}

// Desk is the office with work for a data-protection officer in every queue.
func Desk() *World {
	w := Office()
	add := func(id mail.PersonID, kind consent.Kind, ago time.Duration, change func(*consent.Event)) {
		for _, p := range w.people {
			if p.Row.Lead.ID != id {
				continue
			}
			w.seq++
			e := consent.Event{Seq: w.seq, Person: id, Kind: kind, At: Now.Add(-ago), RecordedAt: Now.Add(-ago), Actor: "marta"}
			change(&e)
			p.Events = append(p.Events, e)
		}
	}
	add(4, consent.KindRequested, 27*day, func(e *consent.Event) {
		e.Right, e.Method, e.Evidence = consent.RightAccess, consent.ByEmail, "her mail of 28 Oct: welche Daten haben Sie über mich?"
	})
	add(6, consent.KindRequested, 40*day, func(e *consent.Event) {
		e.Right, e.Method, e.Evidence = consent.RightErase, consent.ByLetter, "letter of 14 Oct, folder 3"
	})
	add(7, consent.KindHeld, 5*day, func(e *consent.Event) { e.Evidence = "invoice 2026/101 is disputed, Kancelaria Nowak" })
	first := mail.TemplateInfo{Name: "first-contact", Language: "pl"}
	w.Assessed = []consent.Assessment{
		{
			ID: "a1", Version: 2, Name: "Bags for bakeries", Purpose: "introduce offer", Interest: "Bakeries need bags that hold food; we print them without plastic film.",
			Audience: consent.Audience{Roles: "owners, buyers", Sector: "bakeries", Size: "1 to 50", Countries: []string{"FR", "GB"}},
			Data:     []string{consent.FieldAddress, consent.FieldName, consent.FieldCompany, consent.FieldRole}, Intrusive: "role address", Necessity: "The owner decides, and there is no other address.",
			Volume: 40, FollowUps: 1, SourceKinds: []consent.SourceKind{consent.SourceResearch, consent.SourceEvent}, Expectation: "same trade", Impact: "mild",
			Balance: "They buy bags every month and can say no with one word.", Author: "Marta Lis", Second: "Ola Kot", Date: Now.Add(-30 * day), ValidUntil: Now.Add(335 * day),
			Templates: []consent.TemplateRef{{Name: first.Name, Language: first.Language, Hash: "an older text"}, {}},
		},
		{
			ID: "a2", Version: 1, Name: "Cups for ice cream", Purpose: "introduce offer", Interest: "A new print without film.", Author: "Marta Lis",
			Expectation: "none", Impact: "notable", Date: Now.Add(-362 * day), ValidUntil: Now.Add(3 * day),
		},
	}
	w.Decided = map[mail.PersonID][]consent.Decision{1: decided(1)}
	w.Files.Preview, w.Report = imported()
	return w
}

func decided(id mail.PersonID) []consent.Decision {
	ok := consent.Check{Rule: "L21.2", Key: "objection", Title: "no objection", OK: true, Reason: "Nobody objected.", Source: "GDPR Art. 21(2)"}
	no := consent.Check{Rule: "L14.3", Key: "notice", Title: "notice in the mail", Reason: "The mail does not say where the data came from.",
		Source: "GDPR Art. 14(3)(b)", Way: "Put the notice back into the text.", Fix: consent.FixDuties}
	inputs := consent.Inputs{Country: "PL", Sender: "PL", Source: "their mail to us", Template: "first-contact 3f9a", Subject: "Torby papierowe", States: []string{"marketing_email=granted"}}
	return []consent.Decision{
		{ID: 12, Moment: consent.MomentSend, Inputs: inputs, Verdict: consent.Verdict{Person: id, Act: consent.ActSend, Basis: consent.BasisConsent, Checks: []consent.Check{ok, ok}, At: Now.Add(-2 * time.Hour), Seq: 104, Rules: "2026-11-24"}},
		{ID: 11, Moment: consent.MomentQueue, Inputs: inputs, Verdict: consent.Verdict{Person: id, Act: consent.ActSend, Checks: []consent.Check{ok, no}, At: Now.Add(-26 * time.Hour), Seq: 101, Rules: "2026-11-24"}},
		{ID: 10, Moment: consent.MomentTrack, Inputs: inputs, Verdict: consent.Verdict{Person: id, Act: consent.ActTrackClick, At: Now.Add(-3 * day), Seq: 99, Rules: "2026-11-24"}},
	}
}

func imported() (consent.ImportPreview, consent.ImportReport) {
	columns := []consent.ImportColumn{
		{Name: "E-mail", Field: consent.FieldAddress}, {Name: "Imię i nazwisko", Field: consent.FieldName}, {Name: "Firma", Field: consent.FieldCompany},
		{Name: "Data urodzenia", Why: "a birthday or an age is not needed to sell (S33)"},
		{Name: "Punkte", Why: "no field of a lead has a purpose for it"},
	}
	results := []consent.ImportResult{
		{Line: 2, Outcome: consent.ImportAdded},
		{Line: 3, Outcome: consent.ImportFilled, Person: 5, Fields: []string{consent.FieldRole}},
		{Line: 4, Outcome: consent.ImportRefused, Why: "This address is on the suppression list: its owner was erased, or objected."},
		{Line: 5, Outcome: consent.ImportUnchanged, Person: 6},
		{Line: 6, Outcome: consent.ImportAdded, Claims: true, Notes: []string{"The row says that they agreed."}},
	}
	lead := func(name, email, company string) consent.Lead {
		return consent.Lead{Name: name, Company: company, Address: mail.Address{Name: name, Email: email}}
	}
	rows := []consent.ImportRow{
		{Result: results[0], Lead: lead("Zofia Wójcik", "zofia@cukiernia.example", "Cukiernia Zofia")},
		{Result: results[1], Lead: lead("Aleksander Nowak", "a.nowak@lodziarnia.example", "Lodziarnia Ólo")},
		{Result: results[2], Lead: lead("", "gone@example.test", "")},
		{Result: results[3], Lead: lead("Mia Lindqvist", "mia@fika.example", "Fika AB")},
		{Result: results[4], Lead: lead("李娜", "li@teahouse.example", "Old Tea House")},
	}
	counts := consent.CountImport(results)
	return consent.ImportPreview{Encoding: "Windows-1250", Separator: "semicolon", Columns: columns, Rows: rows, Counts: counts},
		consent.ImportReport{Encoding: "Windows-1250", Separator: "semicolon", Columns: columns, Results: results, Counts: counts}
}
