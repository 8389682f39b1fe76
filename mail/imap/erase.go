package imap

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"zgoda/mail"
)

// eraseBatch is how many mails are looked at, or deleted, in one command.
const eraseBatch = 200

// errNoUIDPlus says that a server cannot delete single mails.
var errNoUIDPlus = errors.New("server does not offer UIDPLUS")

// EraseCopies deletes mails on the server and says how many went (law.md D5). A
// place is emptied only when the folder still has the same UIDVALIDITY and the
// mail in it the same Message-ID; every other one is left alone. A server without
// UIDPLUS (RFC 4315) is refused: its plain EXPUNGE would take whatever else is
// marked as deleted along. The sync forgets what went when it looks next.
//
// It works on a short connection of its own, as [Syncer.SaveSent] does.
func (s *Syncer) EraseCopies(ctx context.Context, copies []mail.Copy) (int, error) {
	if len(copies) == 0 {
		return 0, nil
	}
	session, err := Open(ctx, s.Server, s.Silence)
	if err != nil {
		return 0, fmt.Errorf("connect to delete mails: %w", err)
	}
	defer session.Close()
	if !session.caps.Has(imap.CapUIDPlus) {
		return 0, &mail.Problem{
			Sentence: "The mail server cannot delete single mails, only everything that is marked as deleted.",
			NextStep: "Delete the listed mails in another mail program.",
			Err:      errNoUIDPlus,
		}
	}
	gone := 0
	places := byMailbox(copies)
	for _, name := range slices.Sorted(maps.Keys(places)) {
		n, err := session.eraseIn(ctx, name, places[name])
		if gone += n; err != nil {
			return gone, fmt.Errorf("delete mails: %w", err)
		}
	}
	mark(s.wake)
	return gone, nil
}

func byMailbox(copies []mail.Copy) map[string][]mail.Copy {
	places := map[string][]mail.Copy{}
	for _, c := range copies {
		if c.Mailbox != "" && c.UID != 0 {
			places[c.Mailbox] = append(places[c.Mailbox], c)
		}
	}
	return places
}

// eraseIn deletes those mails of one folder that are still where they were.
func (s *Session) eraseIn(ctx context.Context, name string, copies []mail.Copy) (int, error) {
	data, err := s.enter(ctx, name)
	if err != nil {
		return 0, fmt.Errorf("select: %w", err)
	}
	copies = slices.DeleteFunc(slices.Clone(copies), func(c mail.Copy) bool { return c.UIDValidity != data.UIDValidity })
	gone := 0
	for batch := range slices.Chunk(copies, eraseBatch) {
		same, err := s.stillThere(ctx, batch)
		if err != nil {
			return gone, err
		}
		n, err := s.expungeOnly(ctx, same)
		if gone += n; err != nil {
			return gone, err
		}
	}
	return gone, nil
}

// stillThere is the UIDs whose mail is the one that was meant.
func (s *Session) stillThere(ctx context.Context, copies []mail.Copy) ([]uint32, error) {
	meant := map[uint32]mail.Copy{}
	for _, c := range copies {
		meant[c.UID] = c
	}
	got, err := s.fetchHeaders(ctx, slices.Sorted(maps.Keys(meant)))
	if err != nil {
		return nil, fmt.Errorf("look at the mails: %w", err)
	}
	var same []uint32
	for _, one := range got {
		if c, known := meant[one.UID]; known && isCopy(one, c) {
			same = append(same, one.UID)
		}
	}
	return same, nil
}

// isCopy compares the Message-ID. A mail that has none must have come at the very
// second that we know of it.
func isCopy(there mail.Fetched, c mail.Copy) bool {
	id := mail.ParseMessageID(string(there.Message.ID))
	if c.ID != "" || id != "" {
		return id == c.ID
	}
	return !c.At.IsZero() && there.Internal.Unix() == c.At.Unix()
}

// expungeOnly marks these mails as deleted and takes just them away.
func (s *Session) expungeOnly(ctx context.Context, uids []uint32) (int, error) {
	if len(uids) == 0 {
		return 0, nil
	}
	set := uidSet(uids)
	err := s.Do(ctx, func(c *imapclient.Client) error {
		deleted := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
		if err := c.Store(set, deleted, nil).Close(); err != nil {
			return err
		}
		return c.UIDExpunge(set).Close()
	})
	if err != nil {
		return 0, err
	}
	there, _, err := s.uids(ctx)
	if err != nil {
		return 0, fmt.Errorf("look for what is left: %w", err)
	}
	gone := 0
	for _, uid := range uids {
		if !has(there, uid) {
			gone++
		}
	}
	return gone, nil
}

// FindCopies lists every mail on the server that has the address in its header or
// its text, in all folders, also in those that zgoda never reads (law.md D5). It
// opens them for reading only and marks nothing as read.
func (s *Syncer) FindCopies(ctx context.Context, address mail.Address) ([]mail.Copy, error) {
	session, err := Open(ctx, s.Server, s.Silence)
	if err != nil {
		return nil, fmt.Errorf("connect to look for mails: %w", err)
	}
	defer session.Close()
	folders, err := session.folders(ctx)
	if err != nil {
		return nil, fmt.Errorf("list folders: %w", err)
	}
	var copies []mail.Copy
	for _, name := range folders {
		found, err := session.findIn(ctx, name, address, s.Account)
		if err != nil {
			return copies, fmt.Errorf("look through a folder: %w", err)
		}
		copies = append(copies, found...)
	}
	return copies, nil
}

// folders is every folder that can be opened.
func (s *Session) folders(ctx context.Context) ([]string, error) {
	var names []string
	err := s.Do(ctx, func(c *imapclient.Client) error {
		list, err := c.List("", "*", nil).Collect()
		for _, box := range list {
			if !slices.Contains(box.Attrs, imap.MailboxAttrNoSelect) && !slices.Contains(box.Attrs, imap.MailboxAttrNonExistent) {
				names = append(names, box.Mailbox)
			}
		}
		return err
	})
	slices.Sort(names)
	return slices.Compact(names), err
}

// examine opens a folder for reading only.
func (s *Session) examine(ctx context.Context, name string) (validity uint32, err error) {
	err = s.Do(ctx, func(c *imapclient.Client) error {
		data, err := c.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err == nil {
			validity = data.UIDValidity
		}
		return err
	})
	return validity, err
}

func (s *Session) findIn(ctx context.Context, name string, address mail.Address, us string) ([]mail.Copy, error) {
	validity, err := s.examine(ctx, name)
	if err != nil {
		return nil, err
	}
	var uids []uint32
	err = s.Do(ctx, func(c *imapclient.Client) error {
		found, err := c.UIDSearch(naming(address.Email), nil).Wait()
		if err != nil {
			return err
		}
		for _, uid := range found.AllUIDs() {
			uids = append(uids, uint32(uid))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(uids)
	var copies []mail.Copy
	for batch := range slices.Chunk(slices.Compact(uids), eraseBatch) {
		got, err := s.fetchHeaders(ctx, batch)
		if err != nil {
			return nil, err
		}
		for _, one := range got {
			copies = append(copies, mail.Copy{
				Mailbox: name, UIDValidity: validity, UID: one.UID, ID: mail.ParseMessageID(string(one.Message.ID)),
				At: one.Internal, Out: one.Message.From.Key() == us,
			})
		}
	}
	return copies, nil
}

// naming asks for an address in the header or the text. TEXT alone should find
// both (RFC 9051 section 6.4.4); some servers index only the text.
func naming(address string) *imap.SearchCriteria {
	header := func(key string) imap.SearchCriteria {
		return imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: key, Value: address}}}
	}
	any := imap.SearchCriteria{Text: []string{address}}
	for _, key := range []string{"From", "To", "Cc"} {
		any = imap.SearchCriteria{Or: [][2]imap.SearchCriteria{{header(key), any}}}
	}
	return &any
}
