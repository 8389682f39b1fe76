package imap

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"zgoda/mail"
)

// recentFlags is for how many of the newest messages flags are asked for at
// every change, where the server has no CONDSTORE.
const recentFlags = 2000

// pushSeen tells the server what was read here. A read-only folder refuses it:
// that is no reason not to sync, it stays owed.
func (v *visit) pushSeen(ctx context.Context, box mail.Mailbox, there []uint32) error {
	owed, err := v.Mirror.OwedSeen(ctx, box)
	if err != nil {
		return fmt.Errorf("read owed flags: %w", err)
	}
	if len(owed) == 0 {
		return nil
	}
	push := slices.DeleteFunc(slices.Clone(owed), func(uid uint32) bool { return !has(there, uid) })
	if len(push) > 0 {
		err := v.session.Do(ctx, func(c *imapclient.Client) error {
			return c.Store(uidSet(push), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}, nil).Close()
		})
		var no *refused
		if errors.As(err, &no) {
			v.Log.Info("server refused \\Seen", "role", box.Role, "answer", no.Error())
			return nil
		}
		if err != nil {
			return fmt.Errorf("store flags: %w", err)
		}
	}
	if err := v.Mirror.SeenPushed(ctx, box, owed); err != nil {
		return fmt.Errorf("save pushed flags: %w", err)
	}
	return nil
}

// flags takes the server's flags over for what we held before this visit.
func (v *visit) flags(ctx context.Context, box mail.Mailbox, selected *imap.SelectData, known []mail.FlagChange, there []uint32, deep bool) error {
	known = slices.DeleteFunc(slices.Clone(known), func(k mail.FlagChange) bool { return !has(there, k.UID) })
	since := v.since(box.Name, selected)
	if len(known) == 0 || since != 0 && since == selected.HighestModSeq {
		return nil
	}
	if since == 0 && !deep {
		known = known[max(0, len(known)-recentFlags):]
	}
	now, err := v.session.fetchFlags(ctx, known[0].UID, known[len(known)-1].UID, since)
	if err != nil {
		return fmt.Errorf("fetch flags: %w", err)
	}
	var changes []mail.FlagChange
	for _, n := range now {
		if i, ok := find(known, n.UID); ok && known[i].Flags != n.Flags {
			changes = append(changes, n)
		}
	}
	if len(changes) == 0 {
		return nil
	}
	if err := v.Mirror.SetFlags(ctx, box, changes); err != nil {
		return fmt.Errorf("save flags: %w", err)
	}
	return nil
}

// since is the mod-sequence up to which this process has seen all flags of a
// folder, zero when it must look at all of them.
func (v *visit) since(name string, selected *imap.SelectData) uint64 {
	last := v.modseq[name]
	if selected.HighestModSeq == 0 || last.validity != selected.UIDValidity {
		return 0
	}
	return last.modseq
}
