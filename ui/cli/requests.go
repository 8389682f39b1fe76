package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
	"zgoda/ui/layout"
)

// requestsCommand is the queue of rights requests (Art. 15 to 22) with its clock.
type requestsCommand struct {
	List   requestsListCommand   `cmd:"" default:"withargs" help:"List the open requests, the first due first."`
	Open   requestsOpenCommand   `cmd:"" help:"Write down a request that did not come by e-mail."`
	Extend requestsExtendCommand `cmd:"" help:"Put an answer off by two months, in month one, with the reason you told the person."`
	Close  requestsCloseCommand  `cmd:"" help:"Close a request with the Message-ID of the mail that answered it."`
}

type requestsListCommand struct {
	JSON bool   `help:"Print JSON, one object a line."`
	Of   string `help:"Every request of this person, answered ones too." placeholder:"ADDRESS"`
}

// Run lists the requests.
func (c requestsListCommand) Run(ctx context.Context, a *app) error {
	db, _, err := openDB(ctx, a, true)
	if err != nil {
		return err
	}
	defer db.Close()
	cases, err := c.cases(ctx, db)
	if err != nil {
		return err
	}
	for _, one := range cases {
		if err := printRequest(a.Out, one, a.now(), c.JSON); err != nil {
			return err
		}
	}
	if len(cases) == 0 && !c.JSON {
		fmt.Fprintln(a.Out, "No request waits for an answer.")
	}
	return nil
}

func (c requestsListCommand) cases(ctx context.Context, db *store.DB) ([]consent.RequestCase, error) {
	if c.Of == "" {
		return db.Requests(ctx)
	}
	lead, err := find(ctx, db, c.Of)
	if err != nil {
		return nil, err
	}
	requests, err := db.RequestsOf(ctx, lead.ID)
	var cases []consent.RequestCase
	for _, r := range requests {
		cases = append(cases, consent.RequestCase{Request: r, Lead: lead})
	}
	return cases, err
}

// requestLine is one line of --json. Its keys are stable.
type requestLine struct {
	Number   int64      `json:"number"`
	Right    string     `json:"right"`
	Name     string     `json:"name"`
	Address  string     `json:"address"`
	Received time.Time  `json:"received"`
	Ack      time.Time  `json:"acknowledge_by"`
	Due      time.Time  `json:"due"`
	Over     bool       `json:"over_due"`
	Extended bool       `json:"extended"`
	Why      string     `json:"extended_because,omitempty"`
	Message  string     `json:"message_id,omitempty"`
	Answered *time.Time `json:"answered,omitempty"`
	Answer   string     `json:"answer_id,omitempty"`
}

func printRequest(w io.Writer, one consent.RequestCase, now time.Time, asJSON bool) error {
	r := one.Request
	over := r.Open() && !now.Before(r.Due)
	if asJSON {
		return json.NewEncoder(w).Encode(requestLine{
			Number: r.Seq, Right: string(r.Right), Name: one.Lead.Call(), Address: one.Lead.Address.Email,
			Received: r.Received.UTC(), Ack: r.Ack.UTC(), Due: r.Due.UTC(), Over: over, Extended: r.Extended, Why: r.Why,
			Message: string(r.Message), Answered: timeOrNil(r.Answered), Answer: string(r.Answer),
		})
	}
	state := "due " + dueIn(r.Due, now)
	switch {
	case !r.Open():
		state = "answered " + r.Answered.UTC().Format(time.DateOnly)
	case now.Before(r.Ack) && !r.Extended:
		state += ", say by " + r.Ack.UTC().Format(time.DateOnly) + " that it has arrived"
	case r.Extended:
		state += ", put off"
	}
	_, err := fmt.Fprintf(w, "%s  %s  %s  %s  %s\n", layout.Fit(fmt.Sprintf("#%d", r.Seq), 6), layout.Fit(string(r.Right), 13),
		layout.Fit(one.Lead.Call(), 24), layout.Fit(one.Lead.Address.Email, 30), state)
	return err
}

// dueIn says a day, and how far off it is.
func dueIn(due, now time.Time) string {
	day := due.UTC().Format(time.DateOnly)
	switch left := due.Sub(now); {
	case left <= 0:
		return day + ", OVER DUE"
	case left < 48*time.Hour:
		return day + ", within two days"
	default:
		return fmt.Sprintf("%s, %d days left", day, int(left.Hours()/24))
	}
}

type requestsOpenCommand struct {
	Address  string `arg:"" help:"Who asks." placeholder:"ADDRESS"`
	Right    string `arg:"" help:"What for: access, copy, rectification, erasure, restriction, portability, objection, \"who tracks me\"."`
	How      string `required:"" help:"How it reached you: e-mail, phone, letter, in person, form."`
	Date     string `help:"The day on which it reached you; today when left out." placeholder:"YYYY-MM-DD"`
	Evidence string `help:"Where it can be seen: a note, a file, a folder." placeholder:"TEXT"`
}

// Run opens a request: its clock starts when it reached us.
func (c requestsOpenCommand) Run(ctx context.Context, a *app) error {
	right, err := consent.ParseRight(c.Right)
	if err != nil {
		return &usageError{err}
	}
	method, err := methodOf(c.How)
	if err != nil {
		return err
	}
	at, err := dayOrNow(c.Date, a.now())
	if err != nil {
		return err
	}
	db, config, err := openDB(ctx, a, false)
	if err != nil {
		return err
	}
	defer db.Close()
	lead, err := c.who(ctx, db)
	if err != nil {
		return err
	}
	evidence := c.Evidence
	if evidence == "" {
		evidence = "reached us by " + string(method)
	}
	event, err := db.Record(ctx, consent.Event{Person: lead.ID, Kind: consent.KindRequested, Right: right, Method: method, Evidence: evidence, At: at})
	if err != nil {
		return err
	}
	due := consent.RequestDue(event.At, config.controller().Country)
	_, err = fmt.Fprintf(a.Out, "Request #%d: answer by %s. To send a drafted answer: zgoda send --request %d\n", event.Seq, due.UTC().Format(time.DateOnly), event.Seq)
	return err
}

// who is the person who asks. Of somebody who was erased nothing is left but a
// hash, and that is the whole answer (Art. 11).
func (c requestsOpenCommand) who(ctx context.Context, db *store.DB) (consent.Lead, error) {
	lead, err := find(ctx, db, c.Address)
	if err == nil {
		return lead, nil
	}
	address, bad := mail.ParseAddress(c.Address)
	if bad != nil {
		return lead, err
	}
	if hashed, failed := db.Suppressed(ctx, address); failed == nil && hashed {
		return lead, &mail.Problem{
			Sentence: "Of this address zgoda keeps a keyed hash and nothing else, so that nobody writes to it again.",
			NextStep: "Tell the person just that; there is no data to give.",
			Err:      err,
		}
	}
	return lead, err
}

type requestsExtendCommand struct {
	Number int64  `arg:"" help:"The request." placeholder:"N"`
	Reason string `required:"" help:"The reason, as you told it to the person." placeholder:"TEXT"`
}

// Run puts an answer off. The person must have been told why, in month one.
func (c requestsExtendCommand) Run(ctx context.Context, a *app) error {
	db, config, err := openDB(ctx, a, false)
	if err != nil {
		return err
	}
	defer db.Close()
	one, err := openRequest(ctx, db, c.Number)
	if err != nil {
		return err
	}
	due := consent.ExtendedDue(one.Received, config.controller().Country)
	_, err = db.Record(ctx, consent.Event{
		Person: one.Person, Kind: consent.KindExtended, Corrects: one.Seq, Evidence: c.Reason, At: a.now(), ValidUntil: due,
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "Request #%d: answer by %s.\n", one.Seq, due.UTC().Format(time.DateOnly))
	return err
}

// openRequest is the open request of a number.
func openRequest(ctx context.Context, db *store.DB, number int64) (consent.RequestCase, error) {
	cases, err := db.Requests(ctx)
	if err != nil {
		return consent.RequestCase{}, err
	}
	for _, one := range cases {
		if one.Seq == number {
			return one, nil
		}
	}
	return consent.RequestCase{}, &mail.Problem{
		Sentence: fmt.Sprintf("There is no open request #%d.", number), NextStep: "Look up the number with: zgoda requests",
		Err: consent.ErrNoRequest,
	}
}

type requestsCloseCommand struct {
	Number int64  `arg:"" help:"The request." placeholder:"N"`
	Answer string `required:"" help:"Message-ID of the mail that answered it." placeholder:"MESSAGE-ID"`
}

// Run closes a request. That something was done is not enough: the person must
// have been told, by a mail of ours that zgoda knows.
func (c requestsCloseCommand) Run(ctx context.Context, a *app) error {
	id := mail.ParseMessageID(c.Answer)
	if id == "" {
		return &usageError{fmt.Errorf("--answer: %q is no Message-ID", c.Answer)}
	}
	db, _, err := openDB(ctx, a, false)
	if err != nil {
		return err
	}
	defer db.Close()
	one, err := openRequest(ctx, db, c.Number)
	if err != nil {
		return err
	}
	_, err = db.Record(ctx, consent.Event{
		Person: one.Person, Kind: consent.KindAnswered, Method: consent.ByEmail, Corrects: one.Seq, Message: id, At: a.now(),
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "Request #%d is answered.\n", one.Seq)
	return err
}
