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
	rest, came := *f, arrival(f, s.now)
	m := &rest.Message
	out := s.box.Role == mail.RoleSent || m.From.Key() == s.db.us
	sender, people := m.From, len(m.To)+len(m.Cc)
	if sender.IsZero() {
		sender = m.ReplyTo
	}
	from, err := s.erasedBefore(ctx, sender, came)
	if err != nil {
		return nil, err
	}
	replyTo, err := s.erasedBefore(ctx, m.ReplyTo, came)
	if err != nil {
		return nil, err
	}
	for _, list := range []*[]mail.Address{&m.To, &m.Cc} {
		if *list, err = s.remaining(ctx, *list, came); err != nil {
			return nil, err
		}
	}
	changed := len(m.To)+len(m.Cc) < people
	switch {
	case !out && from, out && changed && !s.others(m):
		place := mail.Fetched{UID: f.UID, Flags: mail.Flags{Seen: true}, Internal: f.Internal}
		place.Message.Kind = mail.Personal
		return &place, nil
	case replyTo:
		m.ReplyTo = mail.Address{}
	case !changed:
		return f, nil
	}
	return &rest, nil
}

// erasedBefore reports whether the owner of an address was erased after that moment.
func (s *saving) erasedBefore(ctx context.Context, a mail.Address, came time.Time) (bool, error) {
	since, err := s.erasedAt(ctx, a)
	return !since.IsZero() && !came.After(since), err
}

// remaining is a list without those who were erased; the list itself stays as it is.
func (s *saving) remaining(ctx context.Context, list []mail.Address, came time.Time) ([]mail.Address, error) {
	var kept []mail.Address
	for i, a := range list {
		erased, err := s.erasedBefore(ctx, a, came)
		if err != nil {
			return nil, err
		}
		if erased && kept == nil {
			kept = append(make([]mail.Address, 0, len(list)), list[:i]...)
		}
		if !erased && kept != nil {
			kept = append(kept, a)
		}
	}
	if kept == nil {
		return list, nil
	}
	return kept, nil
}

// others reports whether a mail of ours is with anybody but us.
func (s *saving) others(m *mail.Message) bool {
	notUs := func(a mail.Address) bool { return !a.IsZero() && a.Key() != s.db.us }
	return slices.ContainsFunc(m.To, notUs) || slices.ContainsFunc(m.Cc, notUs)
}
