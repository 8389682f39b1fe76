package composer_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/composer"
	"zgoda/ui/event"
	"zgoda/ui/uitest"
)

// asked is a history and a letter that the gate lets through, to be spoilt.
type asked struct {
	history    consent.History
	letter     consent.Letter
	controller consent.Controller
}

const day = 24 * time.Hour

func lawful() asked {
	lead := ewa()
	lead.Source, lead.SourceKind, lead.ObtainedAt, lead.Since = "piekarnia-sloneczna.example/kontakt", consent.SourceResearch, uitest.Now.Add(-5*day), uitest.Now.Add(-5*day)
	lead.Reason = "Pyta o torby z logo dla czterech piekarni; nasze torby mają atest do żywności."
	events := []consent.Event{
		{Seq: 1, Person: 7, Kind: consent.KindNotice, Method: consent.BySending, Evidence: "first mail", At: uitest.Now.Add(-4 * day), RecordedAt: uitest.Now.Add(-4 * day), Actor: "marta"},
		{Seq: 2, Person: 7, Kind: consent.KindGranted, Purpose: consent.MarketingEmail, Method: consent.ByForm, Wording: "Zgadzam się.", Evidence: "form 3", At: uitest.Now.Add(-3 * day), RecordedAt: uitest.Now.Add(-3 * day), Actor: "marta"},
	}
	d := consent.DutiesOn(consent.BasisConsent, controller(), lead, "pl", consent.Tracking{})
	text := "Dzień dobry,\n\njak ustaliliśmy, wracam do toreb.\n\nPozdrawiam\nMarta Lis\n\n" + d.Notice + "\n\n" + d.Objection + "\n\n" + d.Tracking
	return asked{
		history:    consent.History{Lead: lead, Events: events, Head: 2},
		letter:     consent.Letter{Person: 7, To: []mail.Address{lead.Address}, Subject: "Torby z nadrukiem", Text: text, Language: "pl"},
		controller: controller(),
	}
}

func (a *asked) add(kind consent.Kind, purpose consent.Purpose, change ...func(*consent.Event)) {
	e := consent.Event{Seq: int64(len(a.history.Events) + 1), Person: 7, Kind: kind, Purpose: purpose, Method: consent.ByPhone, Evidence: "note", At: uitest.Now.Add(-time.Hour), RecordedAt: uitest.Now.Add(-time.Hour), Actor: "marta"}
	for _, c := range change {
		c(&e)
	}
	a.history.Events = append(a.history.Events, e)
}

// spoils is every way that this test knows to make the gate say no.
var spoils = map[string]func(*asked){
	"objected":      func(a *asked) { a.add(consent.KindObjected, "") },
	"suppressed":    func(a *asked) { a.history.Suppressed = true },
	"restricted":    func(a *asked) { a.add(consent.KindRestricted, "") },
	"asked to stop": func(a *asked) { a.history.Inbound = []consent.Inbound{{ID: "a@b", At: uitest.Now, Stop: true}} },
	"doubt": func(a *asked) {
		a.history.Inbound = []consent.Inbound{{ID: "a@b", At: uitest.Now, Doubt: "The answer is not proven to come from them."}}
	},
	"wants restriction": func(a *asked) {
		a.add(consent.KindRequested, "", func(e *consent.Event) { e.Right = consent.RightRestrict })
	},
	"stale":          func(a *asked) { a.history.Stale = "bounced" },
	"no address":     func(a *asked) { a.history.Lead.Address = mail.Address{} },
	"two recipients": func(a *asked) { a.letter.To = append(a.letter.To, mail.Address{Email: "x@y.example"}) },
	"another":        func(a *asked) { a.letter.To[0] = mail.Address{Email: "x@y.example"} },
	"nobody":         func(a *asked) { a.letter.Person = 8 },
	"withdrawn":      func(a *asked) { a.add(consent.KindWithdrawn, consent.MarketingEmail) },
	"never asked":    func(a *asked) { a.history.Events = a.history.Events[:1] },
	"cold, no country": func(a *asked) {
		a.history.Events, a.history.Lead.Country = a.history.Events[:1], ""
	},
	"cold, no reason": func(a *asked) {
		a.history.Events, a.history.Lead.Country, a.history.Lead.Reason = a.history.Events[:1], "SE", ""
	},
	"cold, conditions": func(a *asked) { a.history.Events, a.history.Lead.Country = a.history.Events[:1], "GB" },
	"over due": func(a *asked) {
		a.history.Events[0].Kind, a.history.Lead.ObtainedAt, a.history.Lead.Since = consent.KindRead, uitest.Now.Add(-60*day), uitest.Now.Add(-60*day)
		a.history.Events[0].Message = "x@y"
	},
	"no source":       func(a *asked) { a.history.Lead.Source = "" },
	"no date":         func(a *asked) { a.history.Lead.ObtainedAt = time.Time{} },
	"no company":      func(a *asked) { a.controller.Postal = "" },
	"no policy":       func(a *asked) { a.controller.PolicyURL = "http://nadruk.example" },
	"no duties":       func(a *asked) { a.letter.Text = "Dzień dobry, krótka oferta." },
	"false tracking":  func(a *asked) { a.letter.TrackOpens = true },
	"tracked clicks":  func(a *asked) { a.letter.TrackClicks = true },
	"gap":             func(a *asked) { a.letter.Text = strings.Replace(a.letter.Text, "toreb", "{{product}}", 1) },
	"no subject":      func(a *asked) { a.letter.Subject = "" },
	"false answer":    func(a *asked) { a.letter.Subject = "Re: Torby" },
	"control":         func(a *asked) { a.letter.Text += "\x07" },
	"empty":           func(a *asked) { a.letter.Text = "" },
	"strange asks":    func(a *asked) { a.letter.Asks = []mail.Question{{Purpose: "track_open", Wording: "x", Code: "O-1"}} },
	"asks, tracked":   func(a *asked) { a.letter.Asks, a.letter.TrackOpens = []mail.Question{{Purpose: "track_open"}}, true },
	"asks again":      func(a *asked) { a.letter.Asks = []mail.Question{{Purpose: "marketing_email"}} },
	"notice not owed": func(a *asked) { a.letter.Duty = mail.DutyNotice },
	"answer to none":  func(a *asked) { a.letter.Duty, a.letter.Request = mail.DutyAnswer, 9 },
	"unknown duty":    func(a *asked) { a.letter.Duty = "greetings" },
}

// cold adds a cold mail to each country of the table, to a person at a company and to
// a sole trader, without an assessment and with one that does not cover it.
func cold() map[string]func(*asked) {
	all := map[string]func(*asked){}
	for _, code := range []string{"PL", "DE", "AT", "FR", "GB", "IE", "SE", "FI", "NL", "BE", "BG", "CZ", "SK", "PT", "EE", "CH", "CA", "US", "NO", "XX"} {
		for _, sole := range []bool{false, true} {
			spoil := func(a *asked) {
				a.history.Events, a.history.Lead.Country, a.history.Lead.Sole = a.history.Events[:1], code, sole
			}
			name := fmt.Sprintf("cold to %s, sole %t", code, sole)
			all[name] = spoil
			all[name+", twins"] = func(a *asked) { spoil(a); a.history.Twins = 9 }
			all[name+", other template"] = func(a *asked) {
				spoil(a)
				a.letter.Template, a.letter.TemplateHash = "first-contact", "abc"
				a.history.Assessments = []consent.Assessment{{ID: "spring", Version: 1, Date: uitest.Now.Add(-day), ValidUntil: uitest.Now.Add(day)}}
			}
			all[name+", followed up"] = func(a *asked) { spoil(a); a.history.Unanswered = 9 }
		}
	}
	return all
}

// refusals is every check that refuses in any of the spoilt letters, each once.
func refusals(t *testing.T) map[string]consent.Check {
	t.Helper()
	if a := lawful(); !consent.DecideSend(a.history, a.letter, a.controller, uitest.Now).Allowed() {
		t.Fatalf("what is lawful is refused: %+v", consent.DecideSend(a.history, a.letter, a.controller, uitest.Now).Failed())
	}
	all := map[string]consent.Check{}
	ways := maps.Clone(spoils)
	maps.Copy(ways, cold())
	for name, spoil := range ways {
		a := lawful()
		spoil(&a)
		failed := consent.DecideSend(a.history, a.letter, a.controller, uitest.Now).Failed()
		if len(failed) == 0 {
			t.Errorf("%s is allowed", name)
		}
		for _, p := range consent.Purposes() {
			failed = append(failed, consent.DecideTrack(a.history, p, uitest.Now).Failed()...)
			if may := consent.MayAsk(a.history, a.controller, consent.BasisNone, p, uitest.Now); !may.OK {
				failed = append(failed, may)
			}
		}
		for _, check := range failed {
			all[check.Key+": "+check.Reason] = check
		}
	}
	return all
}

// TestG24_EveryRefusalSaysAllFour walks every refusal: rule, reason, source and the
// way stand on the screen, with the key that leads on, wide and narrow.
func TestG24_EveryRefusalSaysAllFour(t *testing.T) {
	all := refusals(t)
	t.Logf("%d different refusals", len(all))
	for name, check := range all {
		if check.Rule == "" || check.Reason == "" || check.Source == "" || check.Way == "" {
			t.Errorf("%s lacks a part: %+v", name, check)
		}
		for _, size := range sizes {
			m := newComposer(false)
			wish, _ := m.Update(event.ComposeLoaded{Person: 7, Lead: ewa(), Tracking: noTracking(), HasDraft: true,
				Draft: mail.Draft{ID: 3, Person: 7, To: ewa().Address, Language: "pl", Subject: "Torby", Text: "Dzień dobry."}})
			answer(t, m, wish, consent.Verdict{Person: 7, Checks: []consent.Check{check}})
			said := flat(uitest.DrawPart(t, m, size.w, size.h))
			for part, want := range map[string]string{"rule and source": check.Rule + " · " + check.Source, "reason": check.Reason, "way": "→ " + check.Way, "key": "^r "} {
				if !strings.Contains(said, strings.Join(strings.Fields(want), " ")) {
					t.Errorf("%s: %s lacks the %s %q:\n%s", size.name, name, part, want, said)
				}
			}
			if _, ok := pressed(m, "ctrl+r"); !ok {
				t.Errorf("%s: the key leads nowhere", name)
			}
		}
	}
}

// pressed gives the wish of a key, and whether anything came of it: a wish, a
// change or words.
func pressed(m *composer.Model, key string) (event.Wish, bool) {
	before := m.View()
	wish, cmd := m.Update(uitest.Key(key))
	return wish, wish != nil || cmd != nil || m.View() != before
}

// flat is what the column of the checklist says, as running text.
func flat(frame string) string {
	var words []string
	for line := range strings.Lines(frame) {
		if i := strings.LastIndex(line, "│"); i >= 0 {
			line = line[i+len("│"):]
		}
		words = append(words, strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "▌"))...)
	}
	return strings.Join(words, " ")
}

// TestG24_TheTogglesSayAllFour: a tracking switch that is refused says rule,
// reason, source, way and key too.
func TestG24_TheTogglesSayAllFour(t *testing.T) {
	for name, spoil := range spoils {
		a := lawful()
		spoil(&a)
		verdict := consent.DecideTrack(a.history, consent.TrackOpen, uitest.Now)
		check := verdict.Failed()[0]
		m := writing(t, map[consent.Purpose]consent.Verdict{consent.TrackOpen: verdict, consent.TrackClick: verdict})
		uitest.PressPart(m, "ctrl+t")
		frame := strings.Join(strings.Fields(uitest.DrawPart(t, m, 80, 21)), " ")
		for _, want := range []string{check.Reason, check.Way, check.Rule + " · " + check.Source, "^r "} {
			if !strings.Contains(frame, want) {
				t.Errorf("%s: %q is missing:\n%s", name, want, frame)
			}
		}
	}
}
