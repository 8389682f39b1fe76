package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/imap"
	"zgoda/store"
	"zgoda/ui/layout"
)

// eraseCommand erases one person: all traces here, and on the server what is
// theirs, when --copies says so (GDPR Art. 17; law.md D5).
type eraseCommand struct {
	Address string `arg:"" help:"Who is erased." placeholder:"ADDRESS"`
	Reason  string `required:"" help:"Why. It is kept, so it must not name the person." placeholder:"TEXT"`
	Copies  bool   `help:"Also delete their mails on the server, after listing them."`
	Yes     bool   `help:"Do not ask: for scripts."`
}

// errNotTyped ends an erasure that nobody confirmed.
var errNotTyped = errors.New("it was not confirmed")

// Run asks, erases, and lists what a person must still decide about.
func (c eraseCommand) Run(ctx context.Context, a *app) error {
	db, config, err := openDB(ctx, a, false)
	if err != nil {
		return err
	}
	defer db.Close()
	lead, err := find(ctx, db, c.Address)
	if err != nil {
		return err
	}
	var server *imap.Syncer
	var found []mail.Copy
	if c.Copies { // A server that does not answer must not leave half of it done.
		if server, err = accountServer(ctx, db, config); err != nil {
			return err
		}
		if found, err = server.FindCopies(ctx, lead.Address); err != nil {
			return fmt.Errorf("%w: %w", errOffline, err)
		}
	}
	ask := newAsker(a.Stdio)
	if err := c.confirm(ctx, ask, lead.Address); err != nil {
		return err
	}
	done, err := db.Erase(ctx, lead.ID, c.Reason)
	if err != nil {
		return err
	}
	theirs, others := partCopies(done.Copies, found)
	if err := reportErasure(a.Out, done, theirs, others, c.Copies); err != nil {
		return err
	}
	if !c.Copies || len(theirs) == 0 {
		return nil
	}
	return c.eraseCopies(ctx, a, ask, server, theirs)
}

func (c eraseCommand) confirm(ctx context.Context, ask *asker, address mail.Address) error {
	if c.Yes {
		return nil
	}
	typed, err := ask.ask(ctx, "All that is kept of this person goes and cannot be brought back. Type the address to erase it", "", nil)
	if err != nil && !errors.Is(err, errNoAnswer) {
		return err
	}
	if given, err := mail.ParseAddress(typed); err == nil && given.Key() == address.Key() {
		return nil
	}
	return &mail.Problem{Sentence: "Nothing was erased: the address was not typed.", NextStep: "Run it again, or use --yes in a script.", Err: errNotTyped}
}

func (c eraseCommand) eraseCopies(ctx context.Context, a *app, ask *asker, server *imap.Syncer, theirs []mail.Copy) error {
	if !c.Yes {
		yes, err := ask.yes(ctx, fmt.Sprintf("Delete these %d mails on the server", len(theirs)))
		if err != nil && !errors.Is(err, errNoAnswer) {
			return err
		}
		if !yes {
			fmt.Fprintln(a.Out, "They stay on the server.")
			return nil
		}
	}
	gone, err := server.EraseCopies(ctx, theirs)
	fmt.Fprintf(a.Out, "Deleted on the server: %d of %d mails.\n", gone, len(theirs))
	if err != nil {
		return fmt.Errorf("%w: %w", errOffline, err)
	}
	if gone < len(theirs) {
		return &mail.Problem{
			Sentence: "Some mails were not where they were any more, so they were left alone.",
			NextStep: "Look for them in another mail program.",
			Err:      fmt.Errorf("%d of %d mails were deleted", gone, len(theirs)),
		}
	}
	return nil
}

// accountServer is the account's server for one question; nothing is synced.
func accountServer(ctx context.Context, db *store.DB, config Config) (*imap.Syncer, error) {
	us, err := config.address()
	if err != nil {
		return nil, err
	}
	hosts, err := config.servers(ctx)
	if err != nil {
		return nil, err
	}
	return imap.NewSyncer(imap.Config{Server: hosts.imap, Account: us.Key(), Mirror: db}), nil
}

// partCopies tells what is theirs, in whatever folder it lies, from mails that
// only have them in it: whoever else is in those has a right to them too.
func partCopies(alone, found []mail.Copy) (theirs, others []mail.Copy) {
	ids := map[mail.MessageID]bool{}
	places := map[mail.Copy]bool{}
	place := func(c mail.Copy) mail.Copy {
		return mail.Copy{Mailbox: c.Mailbox, UIDValidity: c.UIDValidity, UID: c.UID}
	}
	for _, c := range alone {
		ids[c.ID], places[place(c)] = c.ID != "", true
	}
	theirs = slices.Clone(alone)
	for _, c := range found {
		switch {
		case places[place(c)]:
		case ids[c.ID]:
			theirs = append(theirs, c)
		default:
			others = append(others, c)
		}
	}
	return theirs, others
}

func reportErasure(w io.Writer, done consent.Erasure, theirs, others []mail.Copy, asked bool) error {
	var text strings.Builder
	text.WriteString("Erased.")
	for _, table := range slices.Sorted(maps.Keys(done.Rows)) {
		fmt.Fprintf(&text, " %s: %d.", table, done.Rows[table])
	}
	text.WriteString("\nWhat stays is a keyed hash of the address with the date and the reason, so that nobody takes them in again.\n")
	if done.Left != "" {
		fmt.Fprintf(&text, "%s\n", done.Left)
	}
	head := "Their mails on the server, which are still there (--copies deletes them):"
	if asked {
		head = "Their mails on the server:"
	}
	listCopies(&text, head, theirs)
	listCopies(&text, "Other mails on the server that have the address in them; decide about each:", others)
	listCopies(&text, "Mails with other people whose text names them; decide about each:", done.Quotes)
	if len(done.Named) > 0 {
		fmt.Fprintf(&text, "The note, reason, source or draft of %d other people names them: person numbers %v.\n", len(done.Named), done.Named)
	}
	text.WriteString("Not in reach of zgoda: copies that you exported, printed or forwarded, and backups (when one is put back, zgoda erases them again).\n")
	_, err := io.WriteString(w, text.String())
	return err
}

func listCopies(w io.Writer, head string, copies []mail.Copy) {
	if len(copies) == 0 {
		return
	}
	fmt.Fprintln(w, head)
	for _, c := range copies {
		way := "from them"
		if c.Out {
			way = "from us"
		}
		fmt.Fprintf(w, "  %s  %s  uid %-8d %s\n", c.At.UTC().Format(time.DateOnly), layout.Fit(c.Mailbox, 20), c.UID, way)
	}
}
