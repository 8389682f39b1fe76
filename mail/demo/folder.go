package demo

import (
	"bytes"
	"fmt"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// The folders of the account. The names are the ones that real servers use;
// what each is for is told by SPECIAL-USE (RFC 6154).
const (
	inbox  = "INBOX"
	sent   = "Sent"
	drafts = "Drafts"
	trash  = "Trash"
)

// folder is one mailbox name with what it is for.
type folder struct {
	name string
	use  imap.MailboxAttr // "" for none
}

// folders is in the order of creation, from which each UIDVALIDITY follows.
func folders() []folder {
	return []folder{{inbox, ""}, {sent, imap.MailboxAttrSent}, {drafts, imap.MailboxAttrDrafts}, {trash, imap.MailboxAttrTrash}}
}

// house is the account's mail: the in-memory mailboxes, a bell that rings when
// anything in them changed, and the shelf that keeps them on disk, if any.
type house struct {
	user  *imapmemserver.User
	shelf *shelf // nil keeps nothing

	mu    sync.Mutex
	bells map[chan struct{}]bool
}

func newHouse(username, password string) (*house, error) {
	h := &house{user: imapmemserver.NewUser(username, password), bells: make(map[chan struct{}]bool)}
	for _, f := range folders() {
		if err := h.user.Create(f.name, nil); err != nil {
			return nil, fmt.Errorf("make the folder %s: %w", f.name, err)
		}
		if err := h.user.Subscribe(f.name); err != nil {
			return nil, fmt.Errorf("subscribe the folder %s: %w", f.name, err)
		}
	}
	return h, nil
}

// put stores a mail and tells everybody who waits.
func (h *house) put(name string, raw []byte, at time.Time, flags ...imap.Flag) error {
	if _, err := h.append(name, raw, &imap.AppendOptions{Time: at, Flags: flags}); err != nil {
		return err
	}
	return h.changed()
}

// append is put without telling, for many mails in a row.
func (h *house) append(name string, raw []byte, options *imap.AppendOptions) (*imap.AppendData, error) {
	data, err := h.user.Append(name, literalOf(raw), options)
	if err != nil {
		return nil, fmt.Errorf("store a mail in %s: %w", name, err)
	}
	if h.shelf != nil {
		return data, h.shelf.add(name, uint32(data.UID), raw, options.Time)
	}
	return data, nil
}

// literal is a mail in memory as go-imap wants to read it.
type literal struct{ *bytes.Reader }

func literalOf(raw []byte) literal { return literal{bytes.NewReader(raw)} }

// listen gives a bell that rings after each change, and the way to take it down.
func (h *house) listen() (bell <-chan struct{}, stop func()) {
	ring := make(chan struct{}, 1)
	h.mu.Lock()
	h.bells[ring] = true
	h.mu.Unlock()
	return ring, func() {
		h.mu.Lock()
		delete(h.bells, ring)
		h.mu.Unlock()
	}
}

// changed rings every bell and saves what is kept.
func (h *house) changed() error {
	h.mu.Lock()
	for ring := range h.bells {
		select {
		case ring <- struct{}{}:
		default: // it rings already
		}
	}
	h.mu.Unlock()
	if h.shelf == nil {
		return nil
	}
	return h.shelf.save(h.user)
}
