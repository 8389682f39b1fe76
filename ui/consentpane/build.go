package consentpane

import (
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"zgoda/consent"
	"zgoda/mail"
)

// errDay is for a day that is none.
var errDay = errors.New("this is no day: write it as year-month-day, for example 2026-11-24")

// errNothingAsked keeps a yes from answering a question that nobody put.
var errNothingAsked = errors.New("no question of ours waits for an answer, so there is nothing they could have agreed to here")

// build makes the event of the answers, or names the field that is wrong.
func (m *Model) build() (e consent.Event, field string, err error) {
	kind := consent.Kind(m.form.Value(what))
	at, err := m.day()
	if err != nil {
		return e, when, err
	}
	e = consent.Event{
		Person: m.lead.ID, Kind: kind, Method: consent.Method(m.form.Value(how)),
		Evidence: strings.TrimSpace(m.form.Value(evidence)), At: at, Actor: m.actor,
	}
	if kind != consent.KindObjected && kind != consent.KindNotice {
		e.Purpose = consent.Purpose(m.form.Value(purpose))
	}
	if kind == consent.KindGranted || kind == consent.KindAsked {
		if e.Wording = strings.TrimSpace(m.form.Value(wording)); e.Wording != "" {
			e.Language = m.lead.Language
		}
	}
	if m.form.Value(proof) == theirs {
		e.Message = m.mail.ID
	}
	// The ledger lets "was asked" pass without evidence; a rep must still say where it was.
	if e.Evidence == "" {
		return e, evidence, consent.ErrNoEvidence
	}
	if err := e.Validate(m.now); err != nil {
		return e, fieldOf(err), err
	}
	return e, "", nil
}

// day is when it happened: now for today, noon for a day before.
func (m *Model) day() (time.Time, error) {
	text := strings.TrimSpace(m.form.Value(when))
	if text == m.now.Format(time.DateOnly) {
		return m.now, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, m.now.Location())
	if err != nil {
		return time.Time{}, errDay
	}
	return day.Add(12 * time.Hour), nil
}

// fieldOf is the field that an error of the ledger speaks of, "" for none.
func fieldOf(err error) string {
	for _, known := range []struct {
		err   error
		field string
	}{
		{consent.ErrNoEvidence, evidence}, {consent.ErrNoWording, wording}, {consent.ErrNoPurpose, purpose},
		{consent.ErrNoMethod, how}, {consent.ErrFuture, when}, {consent.ErrNoTime, when}, {consent.ErrBadKind, what}, {consent.ErrNoFact, what}, {errDay, when}, {errNothingAsked, what},
	} {
		if errors.Is(err, known.err) {
			return known.field
		}
	}
	return ""
}

// refuse says an error at its field, the focus on it.
func (m *Model) refuse(field string, err error) {
	for _, known := range []error{
		consent.ErrNoEvidence, consent.ErrNoWording, consent.ErrNoPurpose, consent.ErrNoMethod,
		consent.ErrFuture, consent.ErrNoTime, consent.ErrBadKind, consent.ErrNoMail, consent.ErrNoTarget, consent.ErrNoFact, errDay, errNothingAsked,
	} {
		if errors.Is(err, known) {
			err = known // without what it was wrapped in: that is for the log
		}
	}
	if field == "" {
		m.problem(sentence(err.Error()), nil)
		return
	}
	m.form.Fail(field, sentence(err.Error()))
}

// problem says what is wrong with the whole.
func (m *Model) problem(words string, err error) {
	m.err, m.way = words, ""
	var problem *mail.Problem
	if errors.As(err, &problem) {
		m.err, m.way = problem.Sentence, problem.NextStep
	}
}

// sentence writes an error as a sentence.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + strings.TrimSuffix(s[n:], ".") + "."
}
