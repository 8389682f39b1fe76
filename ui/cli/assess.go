package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// assessCommand is the desk for legitimate-interest assessments (law.md section 3):
// without one that looked at a text, a source and a country, no first mail rests on
// legitimate interest.
type assessCommand struct {
	List     assessListCommand     `cmd:"" default:"1" help:"List the assessments and whether they stand."`
	Show     assessShowCommand     `cmd:"" help:"Print one with its outcome, safeguards and the texts that changed since."`
	Skeleton assessSkeletonCommand `cmd:"" help:"Print an empty form to fill in."`
	New      assessNewCommand      `cmd:"" help:"Check a form, print its outcome, and save it when mails may rest on it."`
	Renew    assessRenewCommand    `cmd:"" help:"Make one anew for a year and for the texts as they are now."`
}

// errNotStanding says that mails may not rest on an assessment.
var errNotStanding = errors.New("the assessment does not stand")

// assessListCommand prints a line for each assessment.
type assessListCommand struct{}

// Run reads only, and works beside a zgoda that is running.
func (assessListCommand) Run(ctx context.Context, a *app) error {
	w, err := a.read(ctx)
	if err != nil {
		return err
	}
	defer w.close()
	all, err := w.db.Assessments(ctx)
	if err != nil {
		return err
	}
	for _, assessment := range all {
		outcome, _ := assessment.Outcome()
		fmt.Fprintf(a.Out, "%s  version %d  %s  until %s  %s: %s\n", assessment.ID, assessment.Version, outcome,
			day(assessment.ValidUntil), assessment.Name, w.standingOf(assessment))
	}
	if len(all) == 0 {
		fmt.Fprintln(a.Out, "There is none. Begin with: zgoda assess skeleton > form.toml")
	}
	return nil
}

// read opens what a command needs that only asks.
func (a *app) read(ctx context.Context) (*world, error) {
	config, err := loadConfig(a.paths.config)
	if err != nil {
		return nil, err
	}
	if err := a.paths.make(); err != nil {
		return nil, err
	}
	return openReading(ctx, a, config)
}

// write opens the store to write, and no server.
func (a *app) write(ctx context.Context) (*world, error) {
	config, err := loadConfig(a.paths.config)
	if err != nil {
		return nil, err
	}
	return openWorld(ctx, a, config, servers{})
}

// standingOf says in words whether mails may rest on an assessment now.
func (w *world) standingOf(a consent.Assessment) string {
	if ok, why := a.Stands(w.now()); !ok {
		return "does not stand, " + why
	}
	if changed := w.changedTexts(a); len(changed) > 0 {
		return "stands, but not for " + strings.Join(changed, ", ") + ": made for an older text"
	}
	return "stands"
}

// changedTexts is the templates of an assessment that are not what they were (A1).
func (w *world) changedTexts(a consent.Assessment) []string {
	var changed []string
	for _, ref := range a.Templates {
		if ref.Name != "" && ref.Hash != w.hashOf(ref.Name, ref.Language) {
			changed = append(changed, ref.Name+"."+ref.Language)
		}
	}
	return changed
}

// hashOf is the hash of a template as it is now, "" when there is none.
func (w *world) hashOf(name, language string) string {
	for _, t := range w.templates {
		if t.Name == name && t.Language == language {
			return t.Hash
		}
	}
	return ""
}

// assessShowCommand prints one assessment.
type assessShowCommand struct {
	ID      string `arg:"" help:"Its id, see zgoda assess list."`
	Version int    `help:"Print this version instead of the newest." placeholder:"N"`
	JSON    bool   `help:"Print JSON."`
}

// Run reads only.
func (c assessShowCommand) Run(ctx context.Context, a *app) error {
	w, err := a.read(ctx)
	if err != nil {
		return err
	}
	defer w.close()
	assessment, err := w.db.Assessment(ctx, c.ID, c.Version)
	if err != nil {
		return err
	}
	if c.JSON {
		return w.assessmentJSON(a.Out, assessment)
	}
	w.assessmentText(a.Out, assessment)
	return nil
}

func (w *world) assessmentJSON(out io.Writer, a consent.Assessment) error {
	outcome, reasons := a.Outcome()
	stands, why := a.Stands(w.now())
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		consent.Assessment
		Outcome    consent.Outcome `json:"outcome"`
		Reasons    []string        `json:"reasons"`
		Stands     bool            `json:"stands"`
		Why        string          `json:"why,omitempty"`
		Changed    []string        `json:"changed_templates"`
		Safeguards []string        `json:"safeguards"`
		Hash       string          `json:"sha256"`
	}{a, outcome, reasons, stands, why, w.changedTexts(a), a.Safeguards(w.controller), a.Hash()})
}

func (w *world) assessmentText(out io.Writer, a consent.Assessment) {
	fmt.Fprintf(out, "%s, version %d: %s\n", a.ID, a.Version, a.Name)
	for _, line := range []struct{ title, text string }{
		{"Purpose", title(consent.AssessmentPurposes(), a.Purpose)}, {"Interest", a.Interest},
		{"Audience", fmt.Sprintf("%s; %s; %s; in %s", a.Audience.Roles, a.Audience.Sector, a.Audience.Size, strings.Join(a.Audience.Countries, ", "))},
		{"Data", strings.Join(a.Data, ", ")}, {"Looked at too", title(consent.LessIntrusive(), a.Intrusive)}, {"Necessity", a.Necessity},
		{"Volume", fmt.Sprintf("%d first mails, %d without an answer after each", a.Volume, a.FollowUps)},
		{"Sources", strings.Trim(fmt.Sprintf("%q", a.SourceKinds), "[]")}, {"Expectation", title(consent.Expectations(), a.Expectation)},
		{"Impact", title(consent.Impacts(), a.Impact)}, {"Balance", a.Balance}, {"Remark", a.Remark},
		{"Author", a.Author}, {"Second person", a.Second}, {"Made on", day(a.Date)}, {"Valid until", day(a.ValidUntil)},
		{"Texts", texts(a.Templates)}, {"SHA-256", a.Hash()},
	} {
		if line.text != "" {
			fmt.Fprintf(out, "  %-14s %s\n", line.title, line.text)
		}
	}
	for _, safeguard := range a.Safeguards(w.controller) {
		fmt.Fprintf(out, "  %-14s %s\n", "Safeguard", safeguard)
	}
	w.outcomeText(out, a)
}

func (w *world) outcomeText(out io.Writer, a consent.Assessment) {
	outcome, reasons := a.Outcome()
	fmt.Fprintf(out, "Outcome: %s\n", outcome)
	for _, reason := range reasons {
		fmt.Fprintf(out, "  - %s\n", reason)
	}
	fmt.Fprintf(out, "It %s.\n", w.standingOf(a))
}

func title(choices []consent.Choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Title
		}
	}
	return value
}

func texts(refs []consent.TemplateRef) string {
	var names []string
	for _, ref := range refs {
		if ref.Name == "" {
			names = append(names, "written by hand")
		} else {
			names = append(names, fmt.Sprintf("%s.%s (%.8s)", ref.Name, ref.Language, ref.Hash))
		}
	}
	return strings.Join(names, ", ")
}

// assessNewCommand saves a form.
type assessNewCommand struct {
	File   string `arg:"" help:"The filled-in form; - is standard input."`
	Record bool   `help:"Save it even when no mail may rest on it: it takes the place of its earlier versions."`
}

// Run prints the outcome before it saves. What does not stand ends with code 3.
func (c assessNewCommand) Run(ctx context.Context, a *app) error {
	raw, err := readForm(a.In, c.File)
	if err != nil {
		return err
	}
	w, err := a.write(ctx)
	if err != nil {
		return err
	}
	defer w.close()
	assessment, err := w.parseForm(raw)
	if err != nil {
		return err
	}
	return w.saveAssessment(ctx, a.Out, assessment, c.Record)
}

func (w *world) saveAssessment(ctx context.Context, out io.Writer, a consent.Assessment, record bool) error {
	if err := a.Validate(w.now()); err != nil {
		return err
	}
	w.outcomeText(out, a)
	stands, why := a.Stands(w.now())
	if !stands && !record {
		return &mail.Problem{
			Sentence: "It was not saved: " + why + ".", NextStep: "Mend what is said above, or keep it as the record of a no with --record.",
			Err: errNotStanding,
		}
	}
	saved, err := w.db.SaveAssessment(ctx, a)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Saved as %s, version %d.\n", saved.ID, saved.Version)
	if !stands {
		return errTold
	}
	return nil
}

// assessRenewCommand makes an assessment anew.
type assessRenewCommand struct {
	ID     string `arg:"" help:"Its id, see zgoda assess list."`
	Author string `help:"Who made it; you when it is left out." placeholder:"NAME"`
	Second string `help:"Who looked at an amber outcome too." placeholder:"NAME"`
}

// Run takes over the answers, never the people: whoever renews has looked again.
func (c assessRenewCommand) Run(ctx context.Context, a *app) error {
	w, err := a.write(ctx)
	if err != nil {
		return err
	}
	defer w.close()
	assessment, err := w.db.Assessment(ctx, c.ID, 0)
	if err != nil {
		return err
	}
	assessment.Author, assessment.Second = c.Author, c.Second
	if c.Author == "" {
		assessment.Author = w.us.Label()
	}
	assessment.Date = w.now().UTC().Truncate(24 * time.Hour)
	assessment.ValidUntil = assessment.Date.Add(consent.AssessmentLife)
	for i, ref := range assessment.Templates {
		if ref.Name == "" {
			continue
		}
		if assessment.Templates[i].Hash = w.hashOf(ref.Name, ref.Language); assessment.Templates[i].Hash == "" {
			return &mail.Problem{
				Sentence: fmt.Sprintf("There is no template %s.%s any more.", ref.Name, ref.Language),
				NextStep: "Make the assessment anew with: zgoda assess new", Err: errNotStanding,
			}
		}
	}
	return w.saveAssessment(ctx, a.Out, assessment, false)
}

// readForm reads a form from a file or from standard input.
func readForm(in io.Reader, name string) ([]byte, error) {
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, &usageError{fmt.Errorf("the form: %w", err)}
		}
		defer file.Close()
		in = file
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxText+1))
	if err != nil {
		return nil, fmt.Errorf("read the form: %w", err)
	}
	if len(raw) > maxText {
		return nil, &usageError{errors.New("the form is longer than 256 KiB")}
	}
	return raw, nil
}
