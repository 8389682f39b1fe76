package demo

import (
	"errors"
	"io"
	"log"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// maxMail is the largest mail that the world takes, in octets.
const maxMail = 64 << 20

// imapSession is the in-memory session with what it lacks: SPECIAL-USE in LIST
// (RFC 6154), an IDLE that misses nothing, and a note of each change. LOGIN
// makes the part of go-imap; before it the server calls nothing else.
type imapSession struct {
	*imapmemserver.UserSession
	house  *house
	guests *guests
	open   string // the selected folder
}

var _ imapserver.SessionNamespace = (*imapSession)(nil)

// newIMAP makes the server. It has no MOVE: go-imap's MOVE does not tell which
// UIDs it made, so a kept world could not follow it.
func newIMAP(h *house, g *guests) *imapserver.Server {
	return imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			if !g.enter() {
				return nil, nil, &imap.Error{Type: imap.StatusResponseTypeBye, Text: "The demo is over"}
			}
			return &imapSession{house: h, guests: g}, nil, nil
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapNamespace: {}, imap.CapUIDPlus: {}, imap.CapESearch: {},
			imap.CapListExtended: {}, imap.CapListStatus: {}, imap.CapStatusSize: {}, imap.CapSpecialUse: {},
		},
		// What a client did wrong is told to the client; there is no log to keep.
		Logger: log.New(io.Discard, "", 0),
	})
}

// Login opens the one account there is.
func (s *imapSession) Login(username, password string) error {
	if err := s.house.user.Login(username, password); err != nil {
		return err
	}
	s.UserSession = imapmemserver.NewUserSession(s.house.user)
	return nil
}

// Close ends the session.
func (s *imapSession) Close() error {
	defer s.guests.leave()
	return s.UserSession.Close()
}

// AppendLimit is the largest mail (RFC 7889), in octets.
func (s *imapSession) AppendLimit() uint32 { return maxMail }

// List answers with SPECIAL-USE attributes, which the in-memory mailboxes have
// no way to be given.
func (s *imapSession) List(w *imapserver.ListWriter, ref string, patterns []string, options *imap.ListOptions) error {
	if len(patterns) == 0 {
		return s.UserSession.List(w, ref, patterns, options)
	}
	for _, f := range folders() {
		if !matches(f.name, ref, patterns) || options.SelectSpecialUse && f.use == "" {
			continue
		}
		data := &imap.ListData{Mailbox: f.name, Delim: '/', Attrs: []imap.MailboxAttr{imap.MailboxAttrHasNoChildren}}
		if f.use != "" {
			data.Attrs = append(data.Attrs, f.use)
		}
		if options.ReturnSubscribed || options.SelectSubscribed {
			data.Attrs = append(data.Attrs, imap.MailboxAttrSubscribed)
		}
		if options.ReturnStatus != nil {
			status, err := s.Status(f.name, options.ReturnStatus)
			if err != nil {
				return err
			}
			data.Status = status
		}
		if err := w.WriteList(data); err != nil {
			return err
		}
	}
	return nil
}

func matches(name, ref string, patterns []string) bool {
	for _, p := range patterns {
		if imapserver.MatchList(name, '/', ref, p) {
			return true
		}
	}
	return false
}

// errFixed answers to changes of the folders themselves.
func errFixed() error {
	return &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeCannot, Text: "The demo's folders stay as they are"}
}

// Create is refused.
func (s *imapSession) Create(string, *imap.CreateOptions) error { return errFixed() }

// Delete is refused.
func (s *imapSession) Delete(string) error { return errFixed() }

// Rename is refused.
func (s *imapSession) Rename(string, string, *imap.RenameOptions) error { return errFixed() }

// Append stores a mail of the client.
func (s *imapSession) Append(name string, r imap.LiteralReader, options *imap.AppendOptions) (*imap.AppendData, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	data, err := s.house.append(name, raw, options)
	if err != nil {
		if known, ok := errors.AsType[*imap.Error](err); ok {
			return nil, known // the client is told TRYCREATE, not our sentence
		}
		return nil, err
	}
	return data, s.house.changed()
}

// Store changes flags.
func (s *imapSession) Store(w *imapserver.FetchWriter, set imap.NumSet, flags *imap.StoreFlags, options *imap.StoreOptions) error {
	if err := s.UserSession.Store(w, set, flags, options); err != nil {
		return err
	}
	return s.house.changed()
}

// Expunge takes out what is marked \Deleted.
func (s *imapSession) Expunge(w *imapserver.ExpungeWriter, uids *imap.UIDSet) error {
	if err := s.UserSession.Expunge(w, uids); err != nil {
		return err
	}
	return s.house.changed()
}

// Copy copies into another folder.
func (s *imapSession) Copy(set imap.NumSet, dest string) (*imap.CopyData, error) {
	data, err := s.UserSession.Copy(set, dest)
	if err != nil {
		return nil, err
	}
	if s.house.shelf != nil {
		if err := s.house.shelf.copied(s.open, dest, data); err != nil {
			return nil, err
		}
	}
	return data, s.house.changed()
}

// Select opens a folder.
func (s *imapSession) Select(name string, options *imap.SelectOptions) (*imap.SelectData, error) {
	if strings.EqualFold(name, inbox) {
		name = inbox
	}
	s.open = name
	return s.UserSession.Select(name, options)
}

// Move is refused; clients copy and expunge instead.
func (s *imapSession) Move(*imapserver.MoveWriter, imap.NumSet, string) error { return errFixed() }

// Idle tells of every change from the moment it is called. The in-memory one
// keeps silent about what happened between the command before it and itself.
func (s *imapSession) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	if !s.guests.enter() {
		return nil
	}
	defer s.guests.leave()
	bell, unlisten := s.house.listen()
	defer unlisten()
	for {
		if err := s.Poll(w, true); err != nil {
			return err
		}
		select {
		case <-bell:
		case <-stop:
			return nil
		}
	}
}
