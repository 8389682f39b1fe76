package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/template"
)

// templatePort fills templates with what the store knows of a person and with
// the duty paragraphs that consent computes.
type templatePort struct{ w *world }

// Templates lists them with those of language first.
func (p templatePort) Templates(language string) []mail.TemplateInfo {
	var infos []mail.TemplateInfo
	for _, t := range p.w.templates {
		infos = append(infos, t.TemplateInfo)
	}
	slices.SortStableFunc(infos, func(a, b mail.TemplateInfo) int {
		switch {
		case a.Language == b.Language:
			return 0
		case a.Language == language:
			return -1
		case b.Language == language:
			return 1
		}
		return 0
	})
	return infos
}

// Fill fills one template for a person. What is not known stays a gap. The duty
// paragraphs name what the mail rests on, and do not tell a reason twice that
// the template's own words give.
func (p templatePort) Fill(ctx context.Context, info mail.TemplateInfo, person mail.PersonID, answers mail.MessageID) (mail.Filled, error) {
	for _, t := range p.w.templates {
		if t.Name != info.Name || t.Language != info.Language {
			continue
		}
		history, err := p.w.db.History(ctx, person)
		if err != nil {
			return mail.Filled{}, err
		}
		subject, err := p.w.theirSubject(ctx, person)
		if err != nil {
			return mail.Filled{}, err
		}
		fields := p.w.fields(history.Lead, subject, t.Language)
		basis := consent.BasisFor(history, answers, p.w.controller, p.w.now())
		duties := consent.DutiesOn(basis, p.w.controller, history.Lead, t.Language, consent.Tracking{}).Beside(t.Fill(fields).Text)
		fields["notice"], fields["objection"], fields["tracking"] = duties.Notice, duties.Objection, duties.Tracking
		p.w.db.Used(usedBy(t, history.Lead)...)
		return t.Fill(fields), nil
	}
	return mail.Filled{}, fmt.Errorf("no template %q in %q", info.Name, info.Language)
}

// fields are what a template may name, for one lead, but for the duties.
func (w *world) fields(lead consent.Lead, theirSubject, language string) map[string]string {
	return map[string]string{
		"name": lead.Name, "company": lead.Company, "role": lead.Role, "reason": lead.Reason,
		"source": lead.Source, "source_date": day(lead.ObtainedAt), "their_subject": theirSubject,
		"offer": w.config.Company.offer(language), "company_name": w.config.Company.Name,
		"rep_name": w.us.Name, "signature": w.config.Account.Signature,
	}
}

// usedBy is the fields of a lead that a template puts into its text, when they are
// filled; what it makes of a field counts as that field.
func usedBy(t template.Template, lead consent.Lead) []string {
	from := map[string][]string{
		"greeting": {consent.FieldName}, "first_name": {consent.FieldName}, "source_date": {consent.FieldObtainedAt},
		"notice": {consent.FieldSource, consent.FieldSourcePublic, consent.FieldObtainedAt, consent.FieldReason},
	}
	used := []string{consent.FieldLanguage}
	for _, name := range t.Uses() {
		for _, f := range append(from[name], name) {
			if field, ok := consent.FieldOf(f); ok && field.Value(lead) != "" && !slices.Contains(used, f) {
				used = append(used, f)
			}
		}
	}
	return used
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// conversationLook is how far back an answer looks for their newest mail.
const conversationLook = 50

// newestTheirs is the newest mail that the person wrote by hand.
func (w *world) newestTheirs(ctx context.Context, person mail.PersonID) (mail.Message, bool, error) {
	entries, err := w.db.Conversation(ctx, person, conversationLook)
	if err != nil {
		return mail.Message{}, false, err
	}
	for _, entry := range slices.Backward(entries) {
		if !entry.Out && entry.Message.Kind == mail.Personal {
			return entry.Message, true, nil
		}
	}
	return mail.Message{}, false, nil
}

func (w *world) theirSubject(ctx context.Context, person mail.PersonID) (string, error) {
	message, _, err := w.newestTheirs(ctx, person)
	return message.Subject, err
}

// answer makes draft the answer to the person's newest mail.
func (w *world) answer(ctx context.Context, draft mail.Draft) (mail.Draft, error) {
	message, ok, err := w.newestTheirs(ctx, draft.Person)
	if err != nil {
		return draft, err
	}
	if !ok {
		return draft, &mail.Problem{
			Sentence: "There is no mail of theirs to answer.",
			NextStep: "Leave --answer out to write a first mail.",
		}
	}
	draft.InReplyTo = message.ID
	draft.References = mail.ReplyReferences(message.ID, message.References)
	if draft.Subject == "" {
		draft.Subject = mail.ReplySubject(message.Subject)
	}
	return draft, nil
}

// lint is what a careful colleague would say of a draft's own words; it judges
// style, and never what is allowed.
func (w *world) lint(draft mail.Draft) []template.Finding {
	duties := []string{w.controller.PolicyURL}
	for paragraph := range strings.SplitSeq(draft.Text, "\n\n") {
		if strings.Contains(paragraph, w.controller.PolicyURL) {
			duties = append(duties, paragraph)
		}
	}
	return template.Lint(draft.Subject, draft.Text, draft.Language, duties...)
}
