package imaptest

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"zgoda/mail"
)

// Mirror is an in-memory imap.Mirror that keeps the promises of the port: each
// call is whole or not at all, and may be repeated. The real store has its own
// tests; this one lets tests of the sync look at what arrived.
type Mirror struct {
	// Lead says whose messages are wanted whole; nil wants none.
	Lead func(mail.Message) bool
	// OnSave is called before each SaveBatch and SaveBodies; its error fails the call.
	OnSave func(batch []mail.Fetched) error
	// Saved is called after each of them, when the data is safe. Its error is
	// what a program that ends just then never hears.
	Saved func() error

	mu     sync.Mutex
	boxes  map[string]*mirrored
	nextID int64
	resets int
}

type mirrored struct {
	box  mail.Mailbox
	mail map[uint32]mail.Fetched
	owed map[uint32]bool
}

// NewMirror is empty.
func NewMirror() *Mirror { return &Mirror{boxes: map[string]*mirrored{}} }

// Mailbox finds or makes a record.
func (m *Mirror) Mailbox(_ context.Context, account, name string, role mail.Role) (mail.Mailbox, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.boxes[name] == nil {
		m.nextID++
		m.boxes[name] = &mirrored{
			box:  mail.Mailbox{ID: m.nextID, Account: account, Name: name, Role: role},
			mail: map[uint32]mail.Fetched{}, owed: map[uint32]bool{},
		}
	}
	return m.boxes[name].box, nil
}

// SaveBatch stores messages and the cursor.
func (m *Mirror) SaveBatch(_ context.Context, box mail.Mailbox, batch []mail.Fetched) error {
	return m.save(box, batch, func(b *mirrored, one mail.Fetched) {
		if old, ok := b.mail[one.UID]; ok && old.Message.Whole {
			one.Message = old.Message // an envelope never takes a body away
		}
		b.mail[one.UID] = one
	})
}

// SaveBodies completes envelopes.
func (m *Mirror) SaveBodies(_ context.Context, box mail.Mailbox, whole []mail.Fetched) error {
	return m.save(m.Box(box.Name), whole, func(b *mirrored, one mail.Fetched) {
		if old, ok := b.mail[one.UID]; ok {
			old.Message, old.Raw, old.Auth = one.Message, one.Raw, one.Auth
			b.mail[one.UID] = old
		}
	})
}

func (m *Mirror) save(box mail.Mailbox, batch []mail.Fetched, put func(*mirrored, mail.Fetched)) error {
	if m.OnSave != nil {
		if err := m.OnSave(batch); err != nil {
			return err
		}
	}
	m.mu.Lock()
	b := m.boxes[box.Name]
	b.box = box
	for _, one := range batch {
		put(b, one)
	}
	m.mu.Unlock()
	if m.Saved != nil {
		return m.Saved()
	}
	return nil
}

// Reset forgets the places of all messages.
func (m *Mirror) Reset(_ context.Context, box mail.Mailbox, validity uint32) (mail.Mailbox, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.resets++
	b := m.boxes[box.Name]
	b.mail, b.owed = map[uint32]mail.Fetched{}, map[uint32]bool{}
	b.box = mail.Mailbox{ID: box.ID, Account: box.Account, Name: box.Name, Role: box.Role, UIDValidity: validity}
	return b.box, nil
}

// Known is what we hold, ascending.
func (m *Mirror) Known(_ context.Context, box mail.Mailbox) ([]mail.FlagChange, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []mail.FlagChange
	for _, one := range m.boxes[box.Name].mail {
		list = append(list, mail.FlagChange{UID: one.UID, Flags: one.Flags})
	}
	slices.SortFunc(list, func(a, b mail.FlagChange) int { return cmp.Compare(a.UID, b.UID) })
	return list, nil
}

// Expunged forgets messages.
func (m *Mirror) Expunged(_ context.Context, box mail.Mailbox, uids []uint32) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, uid := range uids {
		delete(m.boxes[box.Name].mail, uid)
		delete(m.boxes[box.Name].owed, uid)
	}
	return nil
}

// SetFlags takes flags over, except a \Seen that is owed.
func (m *Mirror) SetFlags(_ context.Context, box mail.Mailbox, changes []mail.FlagChange) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.boxes[box.Name]
	for _, change := range changes {
		if one, ok := b.mail[change.UID]; ok {
			one.Flags = change.Flags
			one.Flags.Seen = one.Flags.Seen || b.owed[change.UID]
			b.mail[change.UID] = one
		}
	}
	return nil
}

// Wanted is leads' messages without a body, newest first.
func (m *Mirror) Wanted(_ context.Context, box mail.Mailbox, limit int) ([]uint32, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Lead == nil {
		return nil, nil
	}
	var uids []uint32
	for uid, one := range m.boxes[box.Name].mail {
		if !one.Message.Whole && m.Lead(one.Message) {
			uids = append(uids, uid)
		}
	}
	slices.Sort(uids)
	slices.Reverse(uids)
	return uids[:min(limit, len(uids))], nil
}

// OwedSeen is what was read here.
func (m *Mirror) OwedSeen(_ context.Context, box mail.Mailbox) ([]uint32, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var uids []uint32
	for uid := range m.boxes[box.Name].owed {
		uids = append(uids, uid)
	}
	slices.Sort(uids)
	return uids, nil
}

// SeenPushed settles the debt.
func (m *Mirror) SeenPushed(_ context.Context, box mail.Mailbox, uids []uint32) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, uid := range uids {
		delete(m.boxes[box.Name].owed, uid)
	}
	return nil
}

// Read marks a message as read by the rep.
func (m *Mirror) Read(name string, uid uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.boxes[name]
	one := b.mail[uid]
	one.Flags.Seen = true
	b.mail[uid], b.owed[uid] = one, true
}

// Mail is what a folder holds, ascending by UID.
func (m *Mirror) Mail(name string) []mail.Fetched {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.boxes[name] == nil {
		return nil
	}
	var list []mail.Fetched
	for _, one := range m.boxes[name].mail {
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b mail.Fetched) int { return cmp.Compare(a.UID, b.UID) })
	return list
}

// Box is a folder's record; zero when there is none.
func (m *Mirror) Box(name string) mail.Mailbox {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.boxes[name] == nil {
		return mail.Mailbox{}
	}
	return m.boxes[name].box
}

// Resets is how often Reset was called.
func (m *Mirror) Resets() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.resets
}
