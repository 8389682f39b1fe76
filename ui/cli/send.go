package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/template"
)

// sendCommand sends one mail to one person through the same gate and outbox as
// the screen, or prints the gate's checklist.
type sendCommand struct {
	To       string   `help:"The lead's address." placeholder:"ADDRESS"`
	Template string   `help:"Start from this template." placeholder:"NAME" xor:"text"`
	Text     string   `help:"Take the text from this file; - is standard input." placeholder:"FILE" xor:"text"`
	Subject  string   `help:"Subject; a template brings its own."`
	Ask      []string `help:"Ask for this consent too, by a sentence and a one-time code of its own: marketing_email, track_open, track_click or track_device." placeholder:"PURPOSE"`
	Answer   bool     `help:"Answer the newest mail of the lead."`
	Notice   bool     `help:"Tell the lead that their data is kept, and nothing else: the computed notice of GDPR Art. 13 and 14."`
	Request  int64    `help:"Answer this rights request, with a drafted text or with --text." placeholder:"N"`
	PutOff   string   `help:"With --request: put the answer off by two months, and tell this reason." placeholder:"REASON"`
	DryRun   bool     `help:"Send nothing: print what would be sent and the gate's checklist."`
	JSON     bool     `help:"Print the checklist as JSON."`
}

// Run asks the gate first, always; a refusal ends with exit code 3 and nothing
// queued.
func (c sendCommand) Run(ctx context.Context, a *app) error {
	if err := c.check(); err != nil {
		return err
	}
	config, err := loadConfig(a.paths.config)
	if err != nil {
		return err
	}
	var hosts servers
	if !c.DryRun {
		if hosts, err = config.servers(ctx); err != nil {
			return err
		}
	}
	w, err := c.open(ctx, a, config, hosts)
	if err != nil {
		return err
	}
	defer w.close()
	draft, err := c.draft(ctx, a, w)
	if err != nil {
		return err
	}
	if draft, err = c.ask(w, draft); err != nil {
		return err
	}
	ask := w.gate.MayQueue
	if c.DryRun {
		ask = w.gate.CheckSend // it decides nothing, so nothing is kept
	}
	verdict, err := ask(ctx, consent.LetterOf(draft))
	if err != nil {
		return err
	}
	if c.DryRun || !verdict.Allowed() || c.JSON {
		if err := c.report(a.Out, draft, verdict, w.lint(draft)); err != nil {
			return err
		}
	}
	if !verdict.Allowed() {
		return errTold
	}
	if c.DryRun {
		return nil
	}
	return c.submit(ctx, a, w, draft)
}

// open takes no lock for a dry run, so that it works beside a running zgoda.
func (c sendCommand) open(ctx context.Context, a *app, config Config, hosts servers) (*world, error) {
	if c.DryRun {
		return openReading(ctx, a, config)
	}
	return openWorld(ctx, a, config, hosts)
}

func (c sendCommand) draft(ctx context.Context, a *app, w *world) (mail.Draft, error) {
	if c.duty() {
		return c.dutyDraft(ctx, a, w)
	}
	to, err := mail.ParseAddress(c.To)
	if err != nil {
		return mail.Draft{}, &usageError{fmt.Errorf("--to: %w", err)}
	}
	lead, err := w.db.Find(ctx, to)
	if err != nil {
		return mail.Draft{}, err
	}
	draft := mail.Draft{Person: lead.ID, To: lead.Address, Subject: c.Subject, Language: lead.Language}
	if c.Answer {
		if draft, err = w.answer(ctx, draft); err != nil {
			return mail.Draft{}, err
		}
	}
	if c.Template != "" {
		return c.fill(ctx, w, draft)
	}
	draft.Text, err = readText(a.In, c.Text)
	return draft, err
}

func (c sendCommand) fill(ctx context.Context, w *world, draft mail.Draft) (mail.Draft, error) {
	library := templatePort{w}
	for _, info := range library.Templates(draft.Language) {
		if info.Name != c.Template {
			continue
		}
		filled, err := library.Fill(ctx, info, draft.Person, draft.InReplyTo)
		if err != nil {
			return mail.Draft{}, err
		}
		draft.Template, draft.TemplateHash, draft.Language, draft.Text = info.Name, info.Hash, info.Language, filled.Text
		if draft.Subject == "" {
			draft.Subject = filled.Subject
		}
		return draft, nil
	}
	return mail.Draft{}, &usageError{fmt.Errorf("no template is called %q", c.Template)}
}

// maxText bounds a text from a file: a personal mail is never longer.
const maxText = 256 << 10

func readText(in io.Reader, name string) (string, error) {
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return "", &usageError{fmt.Errorf("--text: %w", err)}
		}
		defer file.Close()
		in = file
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxText+1))
	if err != nil {
		return "", fmt.Errorf("read the text: %w", err)
	}
	if len(raw) > maxText {
		return "", &usageError{errors.New("--text: the text is longer than 256 KiB")}
	}
	return string(raw), nil
}

// submit queues without an undo hold, for nobody sits before a command to
// undo, and works the outbox off.
func (c sendCommand) submit(ctx context.Context, a *app, w *world, draft mail.Draft) error {
	draft, err := w.db.SaveDraft(ctx, draft)
	if err != nil {
		return err
	}
	queued, err := w.db.Queue(ctx, draft, 0)
	if err != nil {
		return err
	}
	if err := w.outbox.Flush(ctx); err != nil {
		return fmt.Errorf("%w: %w", errOffline, err)
	}
	return c.outcome(ctx, a, w, queued.ID)
}

func (c sendCommand) outcome(ctx context.Context, a *app, w *world, id mail.DraftID) error {
	outgoing, err := w.db.Outgoing(ctx)
	if err != nil {
		return err
	}
	for _, out := range outgoing {
		if out.ID != id || out.State == mail.Sent {
			continue
		}
		err := fmt.Errorf("the mail is %s", out.State)
		if out.State == mail.Queued || out.State == mail.Unknown {
			err = fmt.Errorf("%w: %w", errOffline, err)
		}
		return &mail.Problem{Sentence: out.Reason, NextStep: out.NextStep, Err: err}
	}
	if !c.JSON {
		fmt.Fprintln(a.Out, "Sent.")
	}
	return nil
}

// checkLine is one line of the checklist in --json. Its keys are stable.
type checkLine struct {
	Rule   string `json:"rule"`
	Key    string `json:"key"`
	Title  string `json:"title"`
	OK     bool   `json:"ok"`
	Reason string `json:"reason"`
	Source string `json:"source"`
	Way    string `json:"way,omitempty"`
}

func (c sendCommand) report(w io.Writer, draft mail.Draft, verdict consent.Verdict, style []template.Finding) error {
	if c.JSON {
		answer := struct {
			Allowed bool        `json:"allowed"`
			Basis   string      `json:"basis"`
			Rules   string      `json:"rules"`
			Subject string      `json:"subject"`
			Checks  []checkLine `json:"checks"`
		}{verdict.Allowed(), string(verdict.Basis), verdict.Rules, draft.Subject, nil}
		for _, check := range verdict.Checks {
			answer.Checks = append(answer.Checks, checkLine{check.Rule, check.Key, check.Title, check.OK, check.Reason, check.Source, check.Way})
		}
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		return encoder.Encode(answer)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "To:      %s\nSubject: %s\n\n%s\n\n", draft.To.Email, draft.Subject, strings.TrimSpace(draft.Text))
	for _, check := range verdict.Checks {
		mark := "ok  "
		if !check.OK {
			mark = "NO  "
		}
		fmt.Fprintf(&text, "%s%-24s %s\n", mark, check.Title, check.Reason)
		if !check.OK {
			fmt.Fprintf(&text, "    %-24s %s (%s)\n", "", check.Way, check.Source)
		}
	}
	for _, found := range style {
		if !found.OK {
			fmt.Fprintf(&text, "hint%-24s %s\n", " "+found.Title, found.Reason)
		}
	}
	if verdict.Allowed() {
		fmt.Fprintf(&text, "\nThe gate would let this mail go (%s).\n", verdict.Basis)
	} else {
		fmt.Fprintf(&text, "\nThe gate refuses this mail.\n")
	}
	_, err := io.WriteString(w, text.String())
	return err
}
