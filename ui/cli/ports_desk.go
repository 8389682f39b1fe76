package cli

import (
	"context"
	"sync"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
	"zgoda/ui"
)

var _ ui.Desk = (*deskPort)(nil)

// copies is the syncer, as an erasure needs it.
type copies interface {
	FindCopies(ctx context.Context, address mail.Address) ([]mail.Copy, error)
	EraseCopies(ctx context.Context, list []mail.Copy) (int, error)
}

// deskPort is the store as the desk of a data-protection officer, and the mail
// server where an erasure must reach it.
type deskPort struct {
	*store.DB
	server copies

	mu   sync.Mutex   // guards last
	last mail.Address // of the person erased last, until the server was searched
}

// Erase erases a person here. Their address is kept in memory until
// FindCopies, for by then no other place knows it.
func (p *deskPort) Erase(ctx context.Context, person mail.PersonID, reason string) (consent.Erasure, error) {
	history, err := p.History(ctx, person)
	if err != nil {
		return consent.Erasure{}, err
	}
	erasure, err := p.DB.Erase(ctx, person, reason)
	if err == nil {
		p.remember(history.Lead.Address)
	}
	return erasure, err
}

// FindCopies searches the server for the person erased last, once.
func (p *deskPort) FindCopies(ctx context.Context) ([]mail.Copy, error) {
	address := p.remember(mail.Address{})
	if address.Email == "" {
		return nil, nil
	}
	return p.server.FindCopies(ctx, address)
}

// EraseCopies deletes mails on the server.
func (p *deskPort) EraseCopies(ctx context.Context, list []mail.Copy) (int, error) {
	return p.server.EraseCopies(ctx, list)
}

// remember keeps an address and gives the one before.
func (p *deskPort) remember(address mail.Address) (before mail.Address) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before, p.last = p.last, address
	return before
}
