package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"zgoda/consent/proof"
	"zgoda/mail"
	"zgoda/store"
)

// proveCommand prints all that is on file about one person's rights. It only
// reads, and works beside a zgoda that is running.
type proveCommand struct {
	JSON    bool   `help:"Print a consent receipt: JSON-LD in the shape of ISO/IEC TS 27560." xor:"shape"`
	Kantara bool   `help:"Print a consent receipt in the shape of the Kantara Initiative, version 1.1." xor:"shape"`
	Who     string `arg:"" help:"The person's address, or their number." placeholder:"ADDRESS|ID"`
}

// proveDecisions is how many of the newest answers of the gate are printed.
const proveDecisions = 20

// Run finds the person. Of one who was erased nothing is left but a keyed hash
// of the address, and just that is said (GDPR Art. 11; law.md L11).
func (c proveCommand) Run(ctx context.Context, a *app) error {
	anchored, config, err := openChain(ctx, a)
	if err != nil {
		return err
	}
	db := anchored.db
	defer db.Close()
	person, gone, err := c.find(ctx, db)
	if err != nil {
		return err
	}
	if gone != "" {
		return c.printGone(a.Out, gone)
	}
	heads, err := anchored.read()
	if err != nil {
		return err
	}
	d, err := db.Dossier(ctx, person, proveDecisions, heads)
	if err != nil {
		return err
	}
	facts := proof.Facts{
		At: a.now(), Controller: config.controller(), History: d.History, Retention: d.Retention, Decisions: d.Decisions,
		Allowed: d.Allowed, Refused: d.Refused, Assessments: d.Assessments, Links: d.Links, Chain: d.Chain,
	}
	for _, ledger := range d.Merged {
		facts.Merged = append(facts.Merged, proof.Ledger(ledger))
	}
	if err := c.print(a.Out, proof.Of(facts)); err != nil {
		return err
	}
	if !d.Chain.OK() {
		return broken(d.Chain)
	}
	return nil
}

// find gives the person, or the sentence about one who is gone.
func (c proveCommand) find(ctx context.Context, db *store.DB) (person mail.PersonID, gone string, err error) {
	if number, err := strconv.ParseInt(c.Who, 10, 64); err == nil {
		return mail.PersonID(number), "", nil
	}
	address, err := mail.ParseAddress(c.Who)
	if err != nil {
		return 0, "", &usageError{fmt.Errorf("%w: give an address or a number", err)}
	}
	lead, findErr := db.Find(ctx, address)
	if findErr == nil {
		return lead.ID, "", nil
	}
	reason, erased, err := db.Silence(ctx, address)
	switch {
	case err != nil:
		return 0, "", err
	case !erased.IsZero():
		return 0, fmt.Sprintf("Erased on %s. What is left is a keyed hash of the address, so that it is not taken in again; nothing else can be shown.",
			erased.UTC().Format(time.DateOnly)), nil
	case reason != "":
		return 0, "Nobody with this address is in zgoda. A keyed hash of it is on the list of those who must not be written to; nothing else can be shown.", nil
	}
	return 0, "", findErr
}

func (c proveCommand) printGone(w io.Writer, gone string) error {
	if c.JSON || c.Kantara {
		return json.NewEncoder(w).Encode(map[string]string{"gone": gone})
	}
	_, err := fmt.Fprintln(w, gone)
	return err
}

func (c proveCommand) print(w io.Writer, evidence proof.Evidence) error {
	if !c.JSON && !c.Kantara {
		_, err := io.WriteString(w, evidence.Text())
		return err
	}
	shape := evidence.Receipt().JSON
	if c.Kantara {
		shape = evidence.Kantara
	}
	text, err := shape()
	if errors.Is(err, proof.ErrNoConsent) {
		return &mail.Problem{Sentence: "This person never gave a consent, so there is no receipt of one.",
			NextStep: "Run zgoda prove without --kantara to see on what mails rest.", Err: err}
	}
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}
