package proof

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"zgoda/consent"
	"zgoda/consent/chain"
)

// page is a text that is being written.
type page struct{ strings.Builder }

func (p *page) section(title string) { fmt.Fprintf(p, "\n%s\n", title) }

// fact is one line with a name; nothing is shown as a dash, never left out.
func (p *page) fact(name, value string) {
	if value = line(value); value == "" {
		value = "—"
	}
	fmt.Fprintf(p, "  %-22s %s\n", name, value)
}

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, "  "+format+"\n", args...) }

// under is a line that belongs to the one before it; an empty value is no line.
func (p *page) under(name, value string) {
	if value = line(value); value != "" {
		fmt.Fprintf(p, "      %s: %s\n", name, value)
	}
}

func (p *page) none(of int) {
	if of == 0 {
		p.line("none")
	}
}

// line keeps a value from outside on its line, and from speaking to a terminal.
func line(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == '\r' {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return '\uFFFD'
		}
		return r
	}, s))
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}

// Text is the evidence as a page to be read.
func (e Evidence) Text() string {
	var p page
	c := e.facts.Controller
	fmt.Fprintf(&p, "Evidence about %s <%s>, person %d\n", line(e.lead.Call()), line(e.lead.Address.Email), e.lead.ID)
	fmt.Fprintf(&p, "Made %s for %s, %s. Rules: %s.\n", moment(e.facts.At), line(c.Name), line(c.Postal), consent.RulesVersion())
	e.now(&p)
	e.origin(&p)
	e.interests(&p)
	e.consents(&p)
	e.objections(&p)
	e.notices(&p)
	e.rights(&p)
	e.others(&p)
	e.merged(&p)
	e.decisions(&p)
	e.chained(&p)
	return p.String()
}

// entry is one event with all that proves it.
func (e Evidence) entry(p *page, event consent.Event) {
	what := string(event.Kind)
	for _, part := range []string{title(event.Purpose), string(event.Right), string(event.Fact)} {
		if part != "" {
			what += " " + part
		}
	}
	if event.Method != "" {
		what += ", by " + string(event.Method)
	}
	p.line("entry %d  %s  %s", event.Seq, moment(event.At), line(what))
	if event.Wording != "" {
		p.under("words", fmt.Sprintf("%q", event.Wording))
		p.under("wording", strings.Join(filled(event.Language, event.Version, "SHA-256 "+event.WordingHash()), ", "))
	}
	p.under("evidence", event.Evidence)
	p.under("mail", string(event.Message))
	p.under("raw mail", prefixed("SHA-256 ", event.Raw))
	p.under("sender", event.Auth)
	if event.Corrects != 0 {
		p.under("speaks of", fmt.Sprintf("entry %d", event.Corrects))
	}
	p.under("valid until", moment(event.ValidUntil))
	p.under("recorded", fmt.Sprintf("%s by %s", moment(event.RecordedAt), event.Actor))
	e.place(p, ref{chain.WhatEvent, event.Seq})
}

func (e Evidence) place(p *page, of ref) {
	if l, linked := e.links[of]; linked {
		p.under("chain", fmt.Sprintf("%d %x", l.Pos, l.Hash))
		return
	}
	p.under("chain", "NO LINK")
}

func (e Evidence) entries(p *page, title string, kinds ...consent.Kind) {
	p.section(title)
	events := e.events(kinds...)
	for _, event := range events {
		e.entry(p, event)
	}
	p.none(len(events))
}

func filled(parts ...string) []string {
	var out []string
	for _, part := range parts {
		if part != "" {
			out = append(out, part)
		}
	}
	return out
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}
