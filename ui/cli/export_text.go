package cli

import (
	"bytes"
	"embed"
	"fmt"
	"strings"
	"text/template"
	"time"

	"zgoda/consent"
	"zgoda/store"
)

// accessTexts is the readable part of an access copy, one file a language.
//
//go:embed access/*.txt
var accessTexts embed.FS

// document is what became of the mails of an access copy.
type document struct {
	offline       bool
	raws, missing int
}

type field struct{ Label, Value string }

// labels are the names of a lead's fields, in the order of fieldsOf.
var labels = map[string][]string{
	"en": {"Name", "E-mail address", "Company", "Job", "Language", "Country", "Why we write to you", "Note", "Kept since"},
	"pl": {"Imię i nazwisko", "Adres e-mail", "Firma", "Stanowisko", "Język", "Kraj", "Dlaczego piszemy", "Notatka", "Przechowywane od"},
	"de": {"Name", "E-Mail-Adresse", "Firma", "Funktion", "Sprache", "Land", "Warum wir schreiben", "Notiz", "Gespeichert seit"},
}

// sayings are the sentences that depend on the person: nobody tracks, opens,
// clicks, no end, an end.
var sayings = map[string][5]string{
	"en": {
		"Nobody. None of our mails to you tells us whether, when or how often you opened it.",
		"With your consent of %s we see whether and when you open our mails. You can take it back at any time.",
		"With your consent of %s we see which links in our mails you follow. You can take it back at any time.",
		"As long as your consent stands, a request of yours is open, or a legal duty asks for it.",
		"Until %s, unless you write to us before.",
	},
	"pl": {
		"Nikt. Żadna nasza wiadomość nie mówi nam, czy, kiedy i ile razy została otwarta.",
		"Za zgodą z dnia %s widzimy, czy i kiedy otwiera Pani/Pan nasze wiadomości. Zgodę można wycofać w każdej chwili.",
		"Za zgodą z dnia %s widzimy, które odnośniki z naszych wiadomości Pani/Pan otwiera. Zgodę można wycofać w każdej chwili.",
		"Dopóki obowiązuje zgoda, trwa rozpatrywanie żądania albo wymaga tego obowiązek prawny.",
		"Do %s, chyba że wcześniej Pani/Pan do nas napisze.",
	},
	"de": {
		"Niemand. Keine unserer E-Mails sagt uns, ob, wann oder wie oft Sie sie geöffnet haben.",
		"Mit Ihrer Einwilligung vom %s sehen wir, ob und wann Sie unsere E-Mails öffnen. Sie können sie jederzeit zurücknehmen.",
		"Mit Ihrer Einwilligung vom %s sehen wir, welchen Links in unseren E-Mails Sie folgen. Sie können sie jederzeit zurücknehmen.",
		"Solange Ihre Einwilligung besteht, ein Antrag von Ihnen offen ist oder eine gesetzliche Pflicht es verlangt.",
		"Bis %s, wenn Sie uns nicht vorher schreiben.",
	},
}

// text is the copy for a reader, in their language; English for others.
func (d document) text(language string, controller consent.Controller, history consent.History, copied store.AccessCopy, periods consent.Periods) ([]byte, error) {
	if labels[language] == nil {
		language = "en"
	}
	page, err := template.ParseFS(accessTexts, "access/"+language+".txt")
	if err != nil {
		return nil, fmt.Errorf("read the text of a copy: %w", err)
	}
	lead := copied.Lead
	facts := map[string]any{
		"Name": lead.Call(), "Address": lead.Address.Email, "At": copied.At.UTC().Format(time.DateOnly),
		"Company": controller.Name, "Postal": controller.Postal, "Contact": controller.Contact, "Policy": controller.PolicyURL,
		"Fields": fieldsOf(lead, labels[language]), "Source": orDash(lead.Source), "Public": lead.SourcePublic, "Obtained": dayOrDash(lead.ObtainedAt),
		"Mails": rowsIn(copied, "messages"), "Events": rowsIn(copied, "ledger"), "Drafts": rowsIn(copied, "outbox"),
		"Raws": d.raws, "Offline": d.offline, "Missing": d.missing,
		"Disclosed": disclosed(history.Events), "Tracking": tracking(history, sayings[language], copied.At),
		"Retention": keptUntil(consent.RetentionOf(history, periods, copied.At), sayings[language]),
		"Ledger":    ledgerLines(history.Events), "Withheld": withheldLines(copied),
	}
	var out bytes.Buffer
	if err := page.Execute(&out, facts); err != nil {
		return nil, fmt.Errorf("write the text of a copy: %w", err)
	}
	return out.Bytes(), nil
}

func fieldsOf(lead consent.Lead, names []string) []field {
	values := []string{lead.Call(), lead.Address.Email, lead.Company, lead.Role, lead.Language, lead.Country, lead.Reason, lead.Note, dayOrDash(lead.Since)}
	var fields []field
	for i, value := range values {
		fields = append(fields, field{names[i], orDash(strings.ReplaceAll(value, "\n", " "))})
	}
	return fields
}

func orDash(s string) string {
	if strings.TrimSpace(s) == "" {
		return "-"
	}
	return s
}

func dayOrDash(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.DateOnly)
}

func rowsIn(copied store.AccessCopy, table string) int {
	for _, t := range copied.Tables {
		if t.Table == table {
			return len(t.Rows)
		}
	}
	return 0
}

// disclosed is whom the data was given to (Art. 15(1)(c), 19).
func disclosed(events []consent.Event) []string {
	var to []string
	for _, e := range events {
		if e.Kind == consent.KindDisclosed {
			to = append(to, fmt.Sprintf("%s, %s", e.Evidence, dayOrDash(e.At)))
		}
	}
	return to
}

// tracking says who tracks the person, since when, or that nobody does (S9).
func tracking(history consent.History, said [5]string, now time.Time) string {
	standing := consent.Stand(history, consent.Controller{}, now)
	var lines []string
	for i, purpose := range []consent.Purpose{consent.TrackOpen, consent.TrackClick} {
		if standing.State(purpose) != consent.Granted {
			continue
		}
		var since time.Time
		for _, e := range history.Events {
			if e.Kind == consent.KindGranted && e.Purpose == purpose {
				since = e.At
			}
		}
		lines = append(lines, fmt.Sprintf(said[i+1], dayOrDash(since)))
	}
	if len(lines) == 0 {
		return said[0]
	}
	return strings.Join(lines, "\n")
}

func keptUntil(r consent.Retention, said [5]string) string {
	if r.EraseAfter.IsZero() {
		return said[3]
	}
	return fmt.Sprintf(said[4], dayOrDash(r.EraseAfter))
}

func ledgerLines(events []consent.Event) []string {
	var lines []string
	for _, e := range events {
		line := fmt.Sprintf("%s  %s", dayOrDash(e.At), e.Kind)
		for _, more := range []string{string(e.Purpose), string(e.Right), string(e.Method)} {
			if more != "" {
				line += ", " + more
			}
		}
		if e.Wording != "" {
			line += fmt.Sprintf(": %q", e.Wording)
		}
		lines = append(lines, line)
	}
	return lines
}

func withheldLines(copied store.AccessCopy) []string {
	var lines []string
	for _, t := range copied.Tables {
		for _, w := range t.Withheld {
			if len(t.Rows) > 0 {
				lines = append(lines, fmt.Sprintf("%s.%s: %s", t.Table, w.Column, w.Why))
			}
		}
	}
	return lines
}
