package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/imap"
	"zgoda/mail/smtp"
)

// doctorCommand checks everything that zgoda rests on and says how to mend it.
type doctorCommand struct {
	Offline bool `help:"Ask no server."`
}

// finding is one line of the doctor's report.
type finding struct {
	what string // what was looked at
	err  error  // nil when it is well
	note string // what was found, when it is well
}

// Run prints a line for each check and ends with code 1 when one failed.
func (c doctorCommand) Run(ctx context.Context, a *app) error {
	config, err := loadConfig(a.paths.config)
	sick := !a.report(finding{"configuration", err, a.paths.config})
	if err != nil {
		return errors.Join(errSick, err)
	}
	checks := []func(context.Context, *app, Config) []finding{checkFiles, checkChain, checkCompany, checkAssessments, checkRules}
	if !c.Offline {
		checks = append(checks, checkServers)
	}
	for _, check := range checks {
		for _, found := range check(ctx, a, config) {
			sick = !a.report(found) || sick
		}
	}
	if sick {
		return &mail.Problem{Sentence: "Not everything is well.", NextStep: "Mend what is marked NO above, then run zgoda doctor again.", Err: errSick}
	}
	fmt.Fprintln(a.Out, "Everything is well.")
	return nil
}

// errSick says that a check of the doctor failed.
var errSick = errors.New("the doctor found a fault")

// report prints one finding, and says whether it was good.
func (a *app) report(found finding) bool {
	if found.err == nil {
		fmt.Fprintf(a.Out, "ok  %-20s %s\n", found.what, found.note)
		return true
	}
	sentence, next := found.err.Error(), ""
	var problem *mail.Problem
	if errors.As(found.err, &problem) {
		sentence, next = problem.Sentence, problem.NextStep
	}
	fmt.Fprintf(a.Out, "NO  %-20s %s\n", found.what, sentence)
	if next != "" {
		fmt.Fprintf(a.Out, "    %-20s %s\n", "", next)
	}
	return false
}

// checkFiles looks at modes, database and templates.
func checkFiles(ctx context.Context, a *app, config Config) []finding {
	files := finding{what: "files", note: "closed to others, in " + a.paths.data}
	if files.err = a.paths.make(); files.err == nil {
		files.err = errors.Join(checkPrivate(a.paths.data), checkPrivate(a.paths.state))
	}
	database := finding{what: "database", note: "opens, and its pages are sound"}
	secrets, err := loadKeys(a.paths.key())
	if database.err = err; err == nil {
		database.err = checkDatabase(ctx, a, config, secrets)
	}
	templates, err := loadTemplates(a.paths.templates())
	return []finding{files, database, {"templates", err, fmt.Sprintf("%d can be used", len(templates))}}
}

func checkDatabase(ctx context.Context, a *app, config Config, secrets storeKeys) error {
	db, err := openStore(ctx, a, config, secrets, true)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Check(ctx)
}

// checkCompany looks at the facts without which the gate refuses.
func checkCompany(_ context.Context, a *app, config Config) []finding {
	found := finding{what: "company facts", note: "complete"}
	for _, fact := range []struct{ key, value string }{
		{"name", config.Company.Name}, {"postal", config.Company.Postal}, {"country", config.Company.Country},
		{"contact", config.Company.Contact}, {"offer", config.Company.Offer}, {"retention", config.Company.Retention},
	} {
		if fact.value == "" {
			found.err = missingFact("company." + fact.key)
			break
		}
	}
	policy := finding{what: "privacy policy", note: config.Company.PolicyURL}
	if u, err := url.Parse(config.Company.PolicyURL); err != nil || u.Scheme != "https" || u.Host == "" {
		policy.err = missingFact("company.policy_url (an https address)")
	}
	return []finding{found, policy}
}

func missingFact(key string) error {
	return &mail.Problem{
		Sentence: "config.toml lacks " + key + ".",
		NextStep: "Fill it in: mails that must state it are refused until then.",
		Err:      errSick,
	}
}

// checkAssessments looks at the legitimate-interest assessments (law.md section
// 3). A database that cannot be opened has a line of its own.
func checkAssessments(ctx context.Context, a *app, config Config) []finding {
	found := finding{what: "assessments", note: "none: only replies and consented mail can be sent"}
	if len(config.Moved) > 0 {
		found.err = &mail.Problem{
			Sentence: "The assessment moved: what stands in config.toml counts no more.",
			NextStep: "Run zgoda assess skeleton and zgoda assess new, then take [assessment] out of config.toml.",
			Err:      errSick,
		}
		return []finding{found}
	}
	w, err := openReading(ctx, a, config)
	if err != nil {
		return nil
	}
	defer w.close()
	all, err := w.db.Assessments(ctx)
	if found.err = err; err == nil {
		found.judge(all, a.now())
	}
	return []finding{found}
}

// judge says which assessments stand, and is a fault when there are some and none does.
func (found *finding) judge(all []consent.Assessment, now time.Time) {
	var standing []string
	for _, assessment := range all {
		if ok, why := assessment.Stands(now); ok {
			standing = append(standing, assessment.ID+" until "+day(assessment.ValidUntil))
		} else {
			found.note = fmt.Sprintf("%s does not stand: %s", assessment.ID, why)
		}
	}
	switch {
	case len(standing) > 0:
		found.note = strings.Join(standing, ", ")
	case len(all) > 0:
		found.err = &mail.Problem{
			Sentence: "No legitimate-interest assessment stands: " + found.note + ".",
			NextStep: "Make it anew with zgoda assess; first mails are refused until then.",
			Err:      errSick,
		}
	}
}

// checkRules looks at the age of the country table (law.md C2).
func checkRules(_ context.Context, a *app, _ Config) []finding {
	found := finding{what: "country rules", note: consent.CountryVersion()}
	stale := 0
	for _, country := range consent.Countries() {
		if country.Old(a.now()) {
			stale++
		}
	}
	if stale > 0 {
		found.err = &mail.Problem{
			Sentence: fmt.Sprintf("The rules of %d countries were checked more than a year ago and count as a no.", stale),
			NextStep: "Install a newer zgoda.",
			Err:      errSick,
		}
	}
	return []finding{found}
}

// checkServers logs in to both servers and sends nothing.
func checkServers(ctx context.Context, a *app, config Config) []finding {
	hosts, err := config.servers(ctx)
	password := finding{"password", err, "found"}
	if err != nil {
		return []finding{password}
	}
	in, errIn := imap.Check(ctx, hosts.imap)
	out, errOut := smtp.New(hosts.smtp, nil).Check(ctx)
	return []finding{password, {"incoming mail", errIn, describeIMAP(in)}, {"outgoing mail", errOut, describeSMTP(out)}}
}
