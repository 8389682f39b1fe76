package imap

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"zgoda/mail"
	"zgoda/mail/mime"
)

// maxHeader is how much of a header is read; real ones have some kilobytes.
const maxHeader = 256 << 10

const (
	noteLongHeader = "The header is longer than 256 KB; its end was not read."
	noteUnreadable = "The server's answer about this mail could not be read, so only its place is kept. Open it in another mail program."
)

// items is what we ask of every message. ENVELOPE and BODYSTRUCTURE are left
// out on purpose: servers make them wrong, and one wrong line ends the connection.
func items(section *imap.FetchItemBodySection) *imap.FetchOptions {
	return &imap.FetchOptions{
		UID: true, Flags: true, InternalDate: true, RFC822Size: true,
		BodySection: []*imap.FetchItemBodySection{section},
	}
}

// reader fills a message from its literal, of which size octets were announced.
type reader = func(one *mail.Fetched, r io.Reader, size int64)

// fetchHeaders fetches envelopes. What came before an error is given with it.
func (s *Session) fetchHeaders(ctx context.Context, uids []uint32) ([]mail.Fetched, error) {
	section := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, Peek: true}
	return s.fetch(ctx, uids, section, func(one *mail.Fetched, r io.Reader, size int64) {
		raw, _ := io.ReadAll(io.LimitReader(r, maxHeader)) // a cut is found by who called
		one.Message = mime.ParseHeader(raw)
		if size > maxHeader {
			one.Message.Notes = append(one.Message.Notes, noteLongHeader)
		}
	})
}

// fetchBodies fetches whole messages up to limit octets each. One FETCH is in
// flight at a time: two would wait for each other, for a literal must be read
// before anything else on the connection. The bytes themselves stay with a
// message that keep asks for, unless they are cut.
func (s *Session) fetchBodies(ctx context.Context, uids []uint32, limit int64, keep func(*mail.Message) bool) ([]mail.Fetched, error) {
	section := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Size: limit}}
	got, err := s.fetch(ctx, uids, section, func(one *mail.Fetched, r io.Reader, _ int64) {
		var raw bytes.Buffer
		one.Message = mime.ParseReader(io.TeeReader(r, &raw), limit)
		if int64(raw.Len()) <= limit && keep(&one.Message) {
			one.Raw = raw.Bytes()
		}
	})
	for i := range got {
		got[i].Message.Whole = true
		if got[i].Size > limit {
			got[i].Raw = nil
			got[i].Message.Notes = append(got[i].Message.Notes,
				fmt.Sprintf("The mail has %d MB; only the first %d were read.", got[i].Size>>20, limit>>20))
		}
	}
	return got, err
}

func (s *Session) fetch(ctx context.Context, uids []uint32, section *imap.FetchItemBodySection, read reader) ([]mail.Fetched, error) {
	var got []mail.Fetched
	err := s.Do(ctx, func(c *imapclient.Client) error {
		cmd := c.Fetch(uidSet(uids), items(section))
		for data := cmd.Next(); data != nil; data = cmd.Next() {
			one, has, err := readMessage(data, read)
			if err != nil {
				return err // and let go of cmd, see errCut
			}
			if one.UID != 0 && has.section {
				got = append(got, one)
			}
		}
		return cmd.Close()
	})
	return got, err
}

// errCut says that a literal ended early. From then on nobody may touch the
// message or its command, not even to close them: the library would read the
// literal again while its own loop reads the connection. Nothing leaks, for Do
// ends the connection.
var errCut = errors.New("literal cut short")

// parts says what a FETCH answer held: servers also send halves of it unasked.
type parts struct{ section, flags bool }

// readMessage takes one FETCH answer apart.
func readMessage(data *imapclient.FetchMessageData, read reader) (one mail.Fetched, has parts, err error) {
	for item := data.Next(); item != nil; item = data.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			one.UID = uint32(item.UID)
		case imapclient.FetchItemDataFlags:
			one.Flags, has.flags = flags(item.Flags), true
		case imapclient.FetchItemDataInternalDate:
			one.Internal = item.Time
		case imapclient.FetchItemDataRFC822Size:
			one.Size = item.Size
		case imapclient.FetchItemDataBodySection:
			has.section = true
			if item.Literal == nil {
				continue
			}
			literal := &literal{r: item.Literal}
			read(&one, literal, item.Literal.Size())
			if err := literal.drain(item.Literal.Size()); err != nil {
				return one, has, err
			}
		}
	}
	return one, has, nil
}

// literal is a reader that never asks again after an error.
type literal struct {
	r    io.Reader
	read int64
	err  error
}

func (l *literal) Read(p []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	n, err := l.r.Read(p)
	l.read += int64(n)
	l.err = err
	return n, err
}

// drain reads the rest. The library takes the end of the connection for the end
// of the literal, so its length is counted.
func (l *literal) drain(size int64) error {
	if _, err := io.Copy(io.Discard, l); err != nil || l.read != size {
		return errCut
	}
	return nil
}

// noText reads an answer whose text nobody asked for.
func noText(*mail.Fetched, io.Reader, int64) {}

// fetchFlags gives the flags of the messages from low to high; with since only
// of those that changed after that mod-sequence (CONDSTORE, RFC 7162).
func (s *Session) fetchFlags(ctx context.Context, low, high uint32, since uint64) ([]mail.FlagChange, error) {
	var got []mail.FlagChange
	set := imap.UIDSet{{Start: imap.UID(low), Stop: imap.UID(high)}}
	err := s.Do(ctx, func(c *imapclient.Client) error {
		cmd := c.Fetch(set, &imap.FetchOptions{UID: true, Flags: true, ChangedSince: since})
		for data := cmd.Next(); data != nil; data = cmd.Next() {
			one, has, err := readMessage(data, noText)
			if err != nil {
				return err
			}
			if one.UID != 0 && has.flags {
				got = append(got, mail.FlagChange{UID: one.UID, Flags: one.Flags})
			}
		}
		return cmd.Close()
	})
	return got, err
}

// placeholder stands for a message whose description cannot be read, so that
// the rep sees that there is one.
func placeholder(uid uint32, now time.Time) mail.Fetched {
	return mail.Fetched{UID: uid, Internal: now, Message: mail.Message{Notes: []string{noteUnreadable}}}
}

func flags(list []imap.Flag) mail.Flags {
	return mail.Flags{
		Seen:     slices.Contains(list, imap.FlagSeen),
		Answered: slices.Contains(list, imap.FlagAnswered),
		Flagged:  slices.Contains(list, imap.FlagFlagged),
	}
}

func uidSet(uids []uint32) imap.UIDSet {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	return set
}
