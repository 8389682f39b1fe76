package cli

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"zgoda/consent/chain"
	"zgoda/mail"
)

// verifyCommand walks the chain over the ledger. It only reads the database and
// works beside a zgoda that is running.
type verifyCommand struct {
	JSON     bool   `help:"Print JSON."`
	Anchor   bool   `help:"Anchor the end of the chain in heads.log when it is whole."`
	Head     bool   `help:"Print the end of the chain as one signed line, to be mailed to the data-protection officer." xor:"what"`
	Restored string `help:"Say that a backup was put back, and why: heads that were anchored before count no more, and that stays on record." placeholder:"REASON" xor:"what"`
	Against  string `help:"Hold the chain against such a line; - reads it from standard input." placeholder:"LINE" xor:"what"`
}

// Run ends with code 0 when the chain is whole, and with 1 naming the first
// broken entry.
func (c verifyCommand) Run(ctx context.Context, a *app) error {
	heads, _, err := openChain(ctx, a)
	if err != nil {
		return err
	}
	db := heads.db
	defer db.Close()
	if c.Restored != "" {
		if err := heads.restart(ctx, c.Restored); err != nil {
			return err
		}
	}
	against, err := c.heads(a, heads)
	if err != nil {
		return err
	}
	report, err := db.VerifyChain(ctx, against)
	if err != nil {
		return err
	}
	if c.Anchor && report.OK() {
		if err := heads.write(chain.Sign(heads.key, report.Last, a.now()).String()); err != nil {
			return err
		}
	}
	if err := c.print(a, heads, report, against); err != nil {
		return err
	}
	if !report.OK() {
		return broken(report)
	}
	return nil
}

// openChain opens the database for reading, and what its chain is anchored to.
func openChain(ctx context.Context, a *app) (anchor, Config, error) {
	config, err := loadConfig(a.paths.config)
	if err != nil {
		return anchor{}, config, err
	}
	secrets, err := loadKeys(a.paths.key())
	if err != nil {
		return anchor{}, config, err
	}
	db, err := openStore(ctx, a, config, secrets, true)
	return anchor{path: a.paths.heads(), key: secrets.heads, db: db, now: a.now}, config, err
}

// heads is what the chain must agree with: the anchored heads, and the line of
// the command.
func (c verifyCommand) heads(a *app, anchored anchor) (*chain.Heads, error) {
	heads, err := anchored.read()
	if err != nil || c.Against == "" {
		return heads, err
	}
	line := c.Against
	if line == "-" {
		raw, err := io.ReadAll(io.LimitReader(a.In, 4096))
		if err != nil {
			return nil, fmt.Errorf("read the line: %w", err)
		}
		line = string(raw)
	}
	head, err := chain.ParseHead(line)
	if err != nil {
		return nil, &usageError{errors.New("--against: this is no line of zgoda verify --head")}
	}
	heads.Require(head, anchored.public(), 0)
	return heads, nil
}

// broken is the report of a broken chain, for a person.
func broken(report chain.Report) error {
	return &mail.Problem{
		Sentence: fmt.Sprintf("The chain is broken at %s.", report.First),
		NextStep: "Change nothing, copy the data directory, and compare it with a backup: something wrote to the database beside zgoda.",
		Fatal:    true, Err: fmt.Errorf("the chain has %d faults", report.Faults),
	}
}

// verifyLine is the report in --json. Its keys are stable.
type verifyLine struct {
	OK      bool        `json:"ok"`
	Entries int64       `json:"entries"`
	Intact  int64       `json:"intact"`
	Erased  int64       `json:"erased"`
	Faults  int64       `json:"faults"`
	Given   int         `json:"heads_given_up"`
	First   *brokenLine `json:"first_broken,omitempty"`
	Heads   int         `json:"heads_agree"`
	Hash    string      `json:"head_sha256"`
	Key     string      `json:"key_ed25519"`
}

type brokenLine struct {
	Pos   int64  `json:"entry"`
	What  string `json:"what"`
	Ref   int64  `json:"number"`
	Fault string `json:"fault"`
}

func (c verifyCommand) print(a *app, heads anchor, report chain.Report, against *chain.Heads) error {
	switch {
	case c.JSON:
		return c.printJSON(a.Out, heads, report, against)
	case c.Head && report.OK():
		_, err := fmt.Fprintln(a.Out, chain.Sign(heads.key, report.Last, a.now()))
		return err
	case !report.OK():
		return nil
	}
	fmt.Fprintf(a.Out, "The chain is whole.\n\nEntries  %d: %d intact, %d erased\nHead     %x\n", report.Last.Pos, report.Intact, report.Erased, report.Last.Hash)
	switch last := against.Last(); {
	case report.Heads > 0:
		fmt.Fprintf(a.Out, "Anchors  %s, the newest of %s\n", counted(report.Heads, "head agrees", "heads agree"), last.At.Format(time.DateTime+" MST"))
	case c.Anchor:
		fmt.Fprintf(a.Out, "Anchors  the first head was written now\n")
	default:
		fmt.Fprintf(a.Out, "Anchors  none yet, so an end that was cut off cannot be seen: run zgoda verify --anchor\n")
	}
	restarts, given := against.Restarts()
	for _, r := range restarts {
		fmt.Fprintf(a.Out, "Restored %s, at entry %d: %q\n", r.At.Format(time.DateTime+" MST"), r.Pos, r.Reason)
	}
	if given > 0 {
		fmt.Fprintf(a.Out, "         %s by that; a line that was mailed away still tells\n", counted(given, "head was given up", "heads were given up"))
	}
	_, err := fmt.Fprintf(a.Out, "Key      ed25519 %x\n", []byte(heads.public()))
	return err
}

func (c verifyCommand) printJSON(w io.Writer, heads anchor, report chain.Report, against *chain.Heads) error {
	_, given := against.Restarts()
	line := verifyLine{
		OK: report.OK(), Entries: report.Last.Pos, Intact: report.Intact, Erased: report.Erased, Faults: report.Faults, Given: given,
		Heads: report.Heads, Hash: hex.EncodeToString(report.Last.Hash), Key: hex.EncodeToString(heads.public()),
	}
	if b := report.First; b != nil {
		line.First = &brokenLine{b.Pos, string(b.What), b.Ref, string(b.Fault)}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(line)
}

// checkChain is the doctor's look at the chain.
func checkChain(ctx context.Context, a *app, _ Config) []finding {
	found := finding{what: "ledger chain"}
	heads, _, err := openChain(ctx, a)
	if err != nil {
		found.err = err
		return []finding{found}
	}
	defer heads.db.Close()
	anchored, err := heads.read()
	if err != nil {
		found.err = err
		return []finding{found}
	}
	report, err := heads.db.VerifyChain(ctx, anchored)
	if found.err = err; err == nil && !report.OK() {
		found.err = broken(report)
	}
	found.note = fmt.Sprintf("whole: %d entries, %s", report.Last.Pos, counted(report.Heads, "anchored head agrees", "anchored heads agree"))
	return []finding{found}
}

// counted is a number with its word.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
