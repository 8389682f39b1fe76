package imap

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"zgoda/mail"
)

// maxPoison is how many unreadable messages one visit takes before it calls the
// server itself unreadable.
const maxPoison = 50

var errMoved = errors.New("folder was replaced during the sync")

type (
	fetcher = func(s *Session, ctx context.Context, uids []uint32) ([]mail.Fetched, error)
	standIn = func(ctx context.Context, box mail.Mailbox, uid uint32) (mail.Fetched, error)
)

// around fetches uids. A message whose answer ends the connection is found by
// halving, each half on a new connection, and replaced by what instead gives.
// What was fetched before an error is given with it.
func (v *visit) around(ctx context.Context, box mail.Mailbox, uids []uint32, fetch fetcher, instead standIn) ([]mail.Fetched, error) {
	got, err := fetch(v.session, ctx, uids)
	if !errors.Is(err, errUnreadable) {
		return got, err
	}
	if again := v.reopen(ctx, box); again != nil {
		return got, again
	}
	rest := without(uids, got)
	switch len(rest) {
	case 0:
		return got, nil
	case 1:
		if v.poison++; v.poison > maxPoison {
			return got, err
		}
		v.Log.Warn("message cannot be read", "role", box.Role, "uid", rest[0], "error", err)
		one, err := instead(ctx, box, rest[0])
		if err != nil {
			return got, err
		}
		return append(got, one), nil
	}
	half := len(rest) / 2
	for _, part := range [][]uint32{rest[half:], rest[:half]} {
		more, err := v.around(ctx, box, part, fetch, instead)
		got = append(got, more...)
		if err != nil {
			return got, err
		}
	}
	return got, nil
}

// reopen connects anew and goes back into the folder.
func (v *visit) reopen(ctx context.Context, box mail.Mailbox) error {
	v.session.Close()
	session, err := Open(ctx, v.Server, v.Silence)
	if err != nil {
		return err
	}
	v.session = session
	data, err := session.enter(ctx, box.Name)
	if err != nil {
		return fmt.Errorf("select again: %w", err)
	}
	if data.UIDValidity != box.UIDValidity {
		return errMoved // the next visit resets the mirror
	}
	return nil
}

// standIn is the placeholder of an envelope.
func (v *visit) standIn(_ context.Context, _ mail.Mailbox, uid uint32) (mail.Fetched, error) {
	return placeholder(uid, v.Now()), nil
}

// headerOnly is what stands for a body that cannot be read: its envelope, and a note.
func (v *visit) headerOnly(ctx context.Context, box mail.Mailbox, uid uint32) (mail.Fetched, error) {
	got, err := v.around(ctx, box, []uint32{uid}, (*Session).fetchHeaders, v.standIn)
	if err != nil {
		return mail.Fetched{}, err
	}
	one := placeholder(uid, v.Now())
	if len(got) == 1 {
		one = got[0]
		one.Message.Notes = append(one.Message.Notes, noteUnreadable)
	}
	one.Message.Whole = true // so that it is not asked for again and again
	return one, nil
}

// bodiesOf fetches bodies of a folder. What we sent ourselves proves nothing of
// anybody, so of that no bytes are kept.
func (v *visit) bodiesOf(role mail.Role) fetcher {
	keep := v.Keep
	if role != mail.RoleInbox {
		keep = func(*mail.Message) bool { return false }
	}
	return func(s *Session, ctx context.Context, uids []uint32) ([]mail.Fetched, error) {
		return s.fetchBodies(ctx, uids, v.BodyLimit, keep)
	}
}

// without is uids less what was fetched, in order.
func without(uids []uint32, got []mail.Fetched) []uint32 {
	return slices.DeleteFunc(slices.Clone(uids), func(uid uint32) bool {
		return slices.ContainsFunc(got, func(one mail.Fetched) bool { return one.UID == uid })
	})
}
