package imap

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/emersion/go-imap/v2"

	"zgoda/mail"
	"zgoda/mail/mime"
)

// rawMost is how many octets of one mail an access copy takes: more than any
// server delivers.
const rawMost = 128 << 20

// FetchRaw fetches whole mails as they came, for an access copy (law.md L15). It
// gives each to save, one at a time, and says how many came; a place that holds
// another mail by now is passed over. Folders are opened for reading only.
func (s *Syncer) FetchRaw(ctx context.Context, copies []mail.Copy, save func(mail.Copy, []byte) error) (int, error) {
	if len(copies) == 0 {
		return 0, nil
	}
	session, err := Open(ctx, s.Server, s.Silence)
	if err != nil {
		return 0, fmt.Errorf("connect to fetch mails: %w", err)
	}
	defer session.Close()
	came := 0
	places := byMailbox(copies)
	for _, name := range slices.Sorted(maps.Keys(places)) {
		validity, err := session.examine(ctx, name)
		if err != nil {
			return came, fmt.Errorf("open a folder: %w", err)
		}
		for _, c := range places[name] {
			if c.UIDValidity != validity {
				continue
			}
			raw, known, err := session.raw(ctx, c)
			if err != nil {
				return came, fmt.Errorf("fetch a whole mail: %w", err)
			}
			if !known {
				continue
			}
			if err := save(c, raw); err != nil {
				return came, err
			}
			came++
		}
	}
	return came, nil
}

// raw is the octets of one mail, when it is the one that was meant.
func (s *Session) raw(ctx context.Context, c mail.Copy) ([]byte, bool, error) {
	section := &imap.FetchItemBodySection{Peek: true}
	got, err := s.fetch(ctx, []uint32{c.UID}, section, func(one *mail.Fetched, r io.Reader, _ int64) {
		one.Raw, _ = io.ReadAll(io.LimitReader(r, rawMost)) // a cut is found by who called
		one.Message = mime.ParseHeader(one.Raw)
	})
	if err != nil || len(got) != 1 || !isCopy(got[0], c) {
		return nil, false, err
	}
	return got[0].Raw, true, nil
}
