package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"zgoda/consent"
	"zgoda/mail"
)

// assessmentForm is the file that zgoda assess new reads.
type assessmentForm struct {
	ID       string `toml:"id"`
	Name     string `toml:"name"`
	Purpose  string `toml:"purpose"`
	Interest string `toml:"interest"`
	Audience struct {
		Roles     string   `toml:"roles"`
		Sector    string   `toml:"sector"`
		Size      string   `toml:"size"`
		Countries []string `toml:"countries"`
	} `toml:"audience"`
	Data        []string `toml:"data"`
	Intrusive   string   `toml:"intrusive"`
	Necessity   string   `toml:"necessity"`
	Volume      int      `toml:"volume"`
	FollowUps   int      `toml:"followups"`
	SourceKinds []string `toml:"source_kinds"`
	Expectation string   `toml:"expectation"`
	Impact      string   `toml:"impact"`
	Balance     string   `toml:"balance"`
	Remark      string   `toml:"remark"`
	Author      string   `toml:"author"`
	Second      string   `toml:"second"`
	Date        string   `toml:"date"`
	ValidUntil  string   `toml:"valid_until"`
	Templates   []string `toml:"templates"`
	ByHand      bool     `toml:"by_hand"`
}

// errBadForm is the cause of every form that cannot be read.
var errBadForm = errors.New("bad form")

func formProblem(sentence string, err error) error {
	return &mail.Problem{
		Sentence: sentence, NextStep: "Mend the form; zgoda assess skeleton shows every question.",
		Err: fmt.Errorf("%w: %w", errBadForm, err),
	}
}

// parseForm turns a form into an assessment, with the hashes of the templates as
// they are now. A key that it does not know is an error that names it.
func (w *world) parseForm(raw []byte) (consent.Assessment, error) {
	var f assessmentForm
	meta, err := toml.Decode(string(raw), &f)
	var parse toml.ParseError
	switch {
	case errors.As(err, &parse):
		return consent.Assessment{}, formProblem(fmt.Sprintf("The form is not valid at line %d: %s.", parse.Position.Line, parse.Message), err)
	case err != nil:
		return consent.Assessment{}, formProblem("The form is not valid TOML.", err)
	case len(meta.Undecoded()) > 0:
		return consent.Assessment{}, formProblem(fmt.Sprintf("The form has a question that zgoda does not ask: %s.", meta.Undecoded()[0]), errors.New("undecoded key"))
	}
	a := consent.Assessment{
		ID: f.ID, Name: f.Name, Purpose: f.Purpose, Interest: f.Interest,
		Audience: consent.Audience{Roles: f.Audience.Roles, Sector: f.Audience.Sector, Size: f.Audience.Size},
		Data:     f.Data, Intrusive: f.Intrusive, Necessity: f.Necessity, Volume: f.Volume, FollowUps: f.FollowUps,
		Expectation: f.Expectation, Impact: f.Impact, Balance: f.Balance, Remark: f.Remark, Author: f.Author, Second: f.Second,
	}
	for _, code := range f.Audience.Countries {
		a.Audience.Countries = append(a.Audience.Countries, strings.ToUpper(strings.TrimSpace(code)))
	}
	for _, kind := range f.SourceKinds {
		a.SourceKinds = append(a.SourceKinds, consent.SourceKind(kind))
	}
	if a.Date, err = formDay("date", f.Date); err != nil {
		return a, err
	}
	a.ValidUntil = a.Date.Add(consent.AssessmentLife)
	if f.ValidUntil != "" {
		if a.ValidUntil, err = formDay("valid_until", f.ValidUntil); err != nil {
			return a, err
		}
	}
	a.Templates, err = w.refs(f.Templates, f.ByHand)
	return a, err
}

func formDay(key, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil // Validate says what is missing
	}
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return at, formProblem(key+" is not a date like 2026-11-24.", err)
	}
	return at, nil
}

// refs finds templates by name, in all their languages, or by "name.language".
func (w *world) refs(names []string, byHand bool) ([]consent.TemplateRef, error) {
	var refs []consent.TemplateRef
	if byHand {
		refs = append(refs, consent.TemplateRef{})
	}
	for _, name := range names {
		found := false
		for _, t := range w.templates {
			if t.Name == name || t.Name+"."+t.Language == name {
				refs, found = append(refs, consent.TemplateRef{Name: t.Name, Language: t.Language, Hash: t.Hash}), true
			}
		}
		if !found {
			return nil, formProblem(fmt.Sprintf("There is no template %q.", name), errors.New("no template"))
		}
	}
	return refs, nil
}

// assessSkeletonCommand prints the form.
type assessSkeletonCommand struct{}

// Run prints it with every answer that can be picked, and today's date.
func (assessSkeletonCommand) Run(_ context.Context, a *app) error {
	_, err := fmt.Fprintf(a.Out, skeleton, picks(consent.AssessmentPurposes()), picks(consent.AssessmentData()), picks(consent.LessIntrusive()),
		kinds(), picks(consent.Expectations()), picks(consent.Impacts()), a.now().UTC().Format(time.DateOnly))
	return err
}

// picks is the answers as comment lines, with what each makes of the outcome.
func picks(choices []consent.Choice) string {
	var text strings.Builder
	for _, c := range choices {
		light := ""
		if c.Light != consent.Green {
			light = " (" + string(c.Light) + ")"
		}
		fmt.Fprintf(&text, "#   %q: %s%s\n", c.Value, c.Title, light)
	}
	return text.String()
}

func kinds() string {
	var text strings.Builder
	for _, kind := range consent.SourceKinds() {
		light := ""
		if kind == consent.SourceBought {
			light = " (red)"
		}
		fmt.Fprintf(&text, "#   %q%s\n", string(kind), light)
	}
	return text.String()
}

const skeleton = `# Legitimate-interest assessment (GDPR Art. 6(1)(f)). It stands for a year, and for
# nothing that it did not look at: these texts, sources, countries and data.

id = ""            # short, stays over the years, e.g. "lia-2026-1"
name = ""          # of the campaign

# 1. Interest: lawful, precise, real.
# purpose is one of
%spurpose = ""
interest = ""      # who gains what, now: one sentence

# 2. Necessity: no less intrusive way does it.
# data is the lead fields that the mails use:
%sdata = ["name", "address", "role", "company", "reason"]
# intrusive is what else was looked at:
%sintrusive = ""
necessity = ""     # why that does not work: one sentence
volume = 0         # first mails at most
followups = 1      # mails without an answer after the first, at most

# 3. Balance: their interests, rights and expectations.
# source_kinds are some of
%ssource_kinds = []
# expectation is one of
%sexpectation = ""
# impact is one of
%simpact = ""
balance = ""       # why the person can expect this mail: one sentence
remark = ""

author = ""        # who made this
second = ""        # who looked at it too, when the outcome is amber
date = "%s"
# valid_until = "" # a year after the date when it is left out

templates = []     # by name, in all languages, or "name.language"
by_hand = false    # mails that are written by hand too

[audience]
roles = ""         # jobs, in words
sector = ""        # in words
size = ""          # of the companies, in words
countries = []     # two letters of ISO 3166 each; "??" is the unknown country (override only)
`
