package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

const partLead = `id, email, address_name, name, company, role, language, country, sole, since, source, source_kind,
source_public, obtained_at, reason, note, updated_at`

func leadInto(l *consent.Lead) []any {
	return []any{&l.ID, &l.Address.Email, &l.Address.Name, &l.Name, &l.Company, &l.Role, &l.Language, &l.Country,
		&l.Sole, stamp{&l.Since}, &l.Source, &l.SourceKind, &l.SourcePublic, stamp{&l.ObtainedAt}, &l.Reason, &l.Note, stamp{&l.UpdatedAt}}
}

const sqlLead = `SELECT ` + partLead + ` FROM people WHERE id = $1`

func (t *tx) lead(ctx context.Context, id mail.PersonID) (consent.Lead, error) {
	var l consent.Lead
	known, err := t.found(ctx, sqlLead, []any{id}, leadInto(&l)...)
	if err == nil && !known {
		err = nobody(id)
	}
	return l, err
}

// MakeLead makes a person who wrote to us a lead: source and date come from
// their first mail (law.md L14). Somebody who is one already stays as they are.
// The bodies of their mails are wanted from now on.
func (db *DB) MakeLead(ctx context.Context, person mail.PersonID) (consent.Lead, error) {
	leads, err := db.MakeLeads(ctx, person)
	if err != nil {
		return consent.Lead{}, err
	}
	return leads[0], nil
}

// MakeLeads is MakeLead for several people in one transaction: all or none.
func (db *DB) MakeLeads(ctx context.Context, people ...mail.PersonID) ([]consent.Lead, error) {
	var leads []consent.Lead
	err := db.update(ctx, func(t *tx) error {
		for _, id := range people {
			lead, err := t.makeLead(ctx, id)
			if err != nil {
				return err
			}
			leads = append(leads, lead)
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("make a lead: %w", err)
	}
	return leads, nil
}

// The first mail that came, of whatever kind.
const sqlFirstIn = `SELECT p.at FROM message_people p JOIN messages m ON m.id = p.message
WHERE p.person = $1 AND m.out = 0 ORDER BY p.at LIMIT 1`

func (t *tx) makeLead(ctx context.Context, id mail.PersonID) (consent.Lead, error) {
	lead, err := t.lead(ctx, id)
	if err != nil || lead.IsLead() {
		return lead, err
	}
	var first time.Time
	wrote, err := t.found(ctx, sqlFirstIn, []any{id}, stamp{&first})
	if err != nil {
		return lead, err
	}
	if !wrote {
		return lead, &mail.Problem{
			Sentence: "This person never wrote to you, so there is no source to fill in.",
			NextStep: "Add them as a lead and say where you have the address from.",
			Err:      fmt.Errorf("person %d has no inbound mail", id),
		}
	}
	lead.Since, lead.ObtainedAt = t.now, first
	lead.Source, lead.SourceKind, lead.SourcePublic = "e-mail to us, "+first.Format("2 January 2006"), consent.SourceInbound, false
	if lead.Name == "" {
		lead.Name = lead.Address.Name
	}
	if lead.Language == "" {
		lead.Language = likelyLanguage(lead.Address)
	}
	return lead, t.becomeLead(ctx, &lead)
}

// likelyLanguage is what the top domain suggests; the rep can change it. The
// country is never guessed: unknown is strict, and a guess would be looser.
func likelyLanguage(a mail.Address) string {
	domain := a.Domain()
	switch domain[strings.LastIndexByte(domain, '.')+1:] {
	case "pl":
		return "pl"
	case "de", "at":
		return "de"
	case "uk", "ie", "us":
		return "en"
	}
	return ""
}

// becomeLead writes a new lead, notes where each fact came from, and asks for the
// bodies of their mail.
func (t *tx) becomeLead(ctx context.Context, lead *consent.Lead) error {
	lead.UpdatedAt = t.now
	if err := t.provenance(ctx, consent.Lead{}, *lead, lead.Source); err != nil {
		return err
	}
	if err := t.saveFacts(ctx, *lead); err != nil {
		return err
	}
	t.changed(lead.ID)
	return t.wantBodies(ctx, lead.ID)
}

const sqlSaveFacts = `UPDATE people SET name = $1, company = $2, role = $3, language = $4, country = $5, sole = $6, since = $7, source = $8,
source_kind = $9, source_public = $10, obtained_at = $11, reason = $12, note = $13, updated_at = $14 WHERE id = $15`

func (t *tx) saveFacts(ctx context.Context, l consent.Lead) error {
	_, err := t.exec(ctx, sqlSaveFacts, l.Name, l.Company, l.Role, l.Language, l.Country, l.Sole, ms(l.Since), l.Source,
		l.SourceKind, l.SourcePublic, ms(l.ObtainedAt), l.Reason, l.Note, ms(t.now), l.ID)
	if err != nil {
		return err
	}
	return t.saveReason(ctx, l.ID, l.Reason)
}

// UnmakeLead takes that back. Of somebody who is not a lead zgoda keeps the
// envelopes of their mail and nothing that a rep wrote (law.md L5b, L5c): the
// texts go, and so do company, reason, note and the other facts. To undo it,
// make them a lead again and save the facts.
func (db *DB) UnmakeLead(ctx context.Context, person mail.PersonID) error {
	err := db.update(ctx, func(t *tx) error {
		lead, err := t.lead(ctx, person)
		if err != nil || !lead.IsLead() {
			return err
		}
		if err := t.saveFacts(ctx, consent.Lead{ID: person}); err != nil {
			return err
		}
		if _, err := t.exec(ctx, sqlProvenanceDropAll, person); err != nil {
			return err
		}
		if err := t.dropBodies(ctx, person); err != nil {
			return err
		}
		t.changed(person)
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("unmake a lead: %w", err)
	}
	return nil
}

// AddLead makes a lead of somebody who never wrote: Address, Source,
// SourceKind and ObtainedAt are required (law.md L14). A suppressed address is refused, for
// that is what the list is for (L17.3). A person who is known and not a lead
// becomes one; a lead is given back together with a *mail.Problem. A Since in the
// past, of a lead that was one elsewhere, is kept.
func (db *DB) AddLead(ctx context.Context, lead consent.Lead) (consent.Lead, error) {
	var added consent.Lead
	err := db.update(ctx, func(t *tx) (err error) {
		added, err = t.addLead(ctx, lead)
		if err != nil {
			return err
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return added, fmt.Errorf("add a lead: %w", err)
	}
	return added, nil
}

func (t *tx) addLead(ctx context.Context, lead consent.Lead) (consent.Lead, error) {
	if err := t.acceptable(consent.Lead{}, lead); err != nil {
		return consent.Lead{}, err
	}
	if suppressed, err := t.suppressed(ctx, lead.Address); err != nil {
		return consent.Lead{}, err
	} else if suppressed {
		return consent.Lead{}, &mail.Problem{
			Sentence: "This address is on the list of those who must not be written to.",
			NextStep: "Leave it; only a mail from them can open the way again.",
			Err:      errors.New("the address is suppressed"),
		}
	}
	s := &saving{tx: t, people: map[string]person{}}
	p, _, err := s.person(ctx, lead.Address, false)
	if err != nil {
		return consent.Lead{}, err
	}
	stored, err := t.lead(ctx, p.id)
	if err != nil {
		return consent.Lead{}, err
	}
	if stored.IsLead() {
		return stored, &mail.Problem{
			Sentence: "This person is a lead already.", NextStep: "Open their card to change it.",
			Err: fmt.Errorf("person %d is a lead", p.id),
		}
	}
	lead.ID, lead.Address = p.id, stored.Address
	if lead.Since.IsZero() || lead.Since.After(t.now) {
		lead.Since = t.now
	}
	if lead.Name == "" {
		lead.Name = stored.Address.Name
	}
	return lead, t.becomeLead(ctx, &lead)
}

// acceptable checks what law.md L14 makes mandatory, and that nothing new in a
// text is what a sales inbox may not keep (L9, S33).
func (t *tx) acceptable(before, lead consent.Lead) error {
	refuse := func(sentence, step string) error {
		return &mail.Problem{Sentence: sentence, NextStep: step, Err: errors.New("the lead is not complete")}
	}
	switch {
	case lead.Address.IsZero():
		return refuse("A lead needs an address.", "Fill in the address.")
	case lead.Address.Key() == t.db.us:
		return refuse("This is your own address.", "Fill in the address of the person.")
	case strings.TrimSpace(lead.Source) == "":
		return refuse("A lead needs a source.", "Write down where you have the address from.")
	case !kindKnown(lead.SourceKind):
		return refuse("A lead needs the kind of its source.", "Choose what sort of source it is: "+kindsOfSource()+".")
	case lead.ObtainedAt.IsZero():
		return refuse("A lead needs the date on which you got the address.", "Fill in the date.")
	case lead.ObtainedAt.After(t.now):
		return refuse("The date on which you got the address is in the future.", "Fill in the real date.")
	}
	for _, field := range consent.ChangedFields(before, lead) {
		f, _ := consent.FieldOf(field)
		for _, found := range consent.CheckText(field, f.Value(lead)) {
			switch {
			case found.Refused:
				return refuse(found.Reason, "Take it out; zgoda does not keep it.")
			case found.KeepReason:
				return refuse(found.Reason, "Take it out, or begin a line of the note with \""+consent.KeepWord+"\" and say there why it must stay.")
			}
		}
	}
	return nil
}

func kindKnown(kind consent.SourceKind) bool {
	_, err := consent.ParseSourceKind(string(kind))
	return err == nil
}

func kindsOfSource() string {
	var names []string
	for _, kind := range consent.SourceKinds() {
		names = append(names, string(kind))
	}
	return strings.Join(names, ", ")
}

// SaveLead writes the facts of a lead. The address and Since cannot change, and
// source and date cannot be emptied (law.md L14).
func (db *DB) SaveLead(ctx context.Context, lead consent.Lead) error {
	err := db.update(ctx, func(t *tx) error {
		stored, err := t.lead(ctx, lead.ID)
		if err != nil {
			return err
		}
		if !stored.IsLead() {
			return &mail.Problem{
				Sentence: "This person is not a lead.", NextStep: "Make them a lead first.",
				Err: fmt.Errorf("person %d is not a lead", lead.ID),
			}
		}
		if lead.Address.Key() != stored.Address.Key() {
			return &mail.Problem{
				Sentence: "The address of a lead cannot change.", NextStep: "Add the other address as a lead of its own.",
				Err: errors.New("another address"),
			}
		}
		if err := t.acceptable(stored, lead); err != nil {
			return err
		}
		lead.Since = stored.Since
		if err := t.provenance(ctx, stored, lead, consent.SourceTyped); err != nil {
			return err
		}
		if err := t.saveFacts(ctx, lead); err != nil {
			return err
		}
		t.changed(lead.ID)
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("save a lead: %w", err)
	}
	return nil
}
