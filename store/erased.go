package store

import (
	"context"
	"slices"
	"time"

	"zgoda/mail"
)

// gone is what a batch knows of addresses whose owners were erased.
type gone struct {
	asked, any bool                 // whether anybody ever was
	since      map[string]time.Time // by address key; zero for nobody
}

const sqlAnyErased = `SELECT EXISTS (SELECT 1 FROM suppressions WHERE erased_at > 0)`

// erasedAt is when the owner of an address was erased, zero for never.
func (s *saving) erasedAt(ctx context.Context, a mail.Address) (time.Time, error) {
	if !s.gone.asked {
		if err := s.row(ctx, sqlAnyErased, nil, &s.gone.any); err != nil {
			return time.Time{}, err
		}
		s.gone.asked, s.gone.since = true, map[string]time.Time{}
	}
	if !s.gone.any || a.IsZero() {
		return time.Time{}, nil
	}
	key := a.Key()
	since, known := s.gone.since[key]
	if known || key == s.db.us {
		return since, nil
	}
	_, since, err := s.suppression(ctx, s.db.hashKey(key))
	s.gone.since[key] = since
	return since, err
}

// withoutErased keeps away what the server still has of somebody who was erased:
// a mail of before that is with nobody else keeps only its place, so that it is not
// fetched again, and in a mail with others their address is taken out. A mail
// that came since is a new one: they wrote to us again (law.md L17).
func (s *saving) withoutErased(ctx context.Context, f *mail.Fetched) (*mail.Fetched, error) {
	m, came := f.Message, arrival(f, s.now)
	of := func(a mail.Address) (bool, error) {
		since, err := s.erasedAt(ctx, a)
		return !since.IsZero() && !came.After(since), err
	}
	out := s.box.Role == mail.RoleSent || m.From.Key() == s.db.us
	left, changed := 0, false
	for _, list := range []*[]mail.Address{&m.To, &m.Cc} {
		kept := make([]mail.Address, 0, len(*list))
		for _, a := range *list {
			erased, err := of(a)
			if err != nil {
				return nil, err
			}
			if erased {
				changed = true
				continue
			}
			kept = append(kept, a)
		}
		if len(kept) < len(*list) {
			*list = kept
		}
		if slices.ContainsFunc(*list, func(a mail.Address) bool { return a.Key() != s.db.us }) {
			left++
		}
	}
	from, err := of(m.From)
	if err != nil {
		return nil, err
	}
	replyTo, err := of(m.ReplyTo)
	if err != nil {
		return nil, err
	}
	switch {
	case !out && (from || m.From.IsZero() && replyTo), out && changed && left == 0:
		return &mail.Fetched{UID: f.UID, Flags: mail.Flags{Seen: true}, Internal: f.Internal, Message: mail.Message{Kind: mail.Personal}}, nil
	case replyTo:
		m.ReplyTo, changed = mail.Address{}, true
	}
	if !changed {
		return f, nil
	}
	rest := *f
	rest.Message = m
	return &rest, nil
}
