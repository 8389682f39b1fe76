package imap

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"zgoda/mail"
)

const (
	bodyBatch   = 15      // bodies per FETCH and transaction: with 16 MB each still below maxAnswer
	maxMessages = 5 << 20 // in one folder; a server that claims more is not believed
)

// visit is one stay on the server: the command connection, and what only holds
// as long as we stay.
type visit struct {
	*Syncer
	session *Session
	poison  int // messages that could not be read
}

// all brings both folders up to date. deep looks at every flag, and not only at
// the newest.
func (v *visit) all(ctx context.Context, deep bool) error {
	sent, err := v.session.sentFolder(ctx)
	if err != nil {
		return fmt.Errorf("list folders: %w", err)
	}
	if err := v.folder(ctx, mail.RoleInbox, inbox, deep); err != nil {
		return fmt.Errorf("sync inbox: %w", err)
	}
	v.status.noSent(sent == "")
	if sent == "" {
		return nil
	}
	if err := v.folder(ctx, mail.RoleSent, sent, deep); err != nil {
		return fmt.Errorf("sync sent: %w", err)
	}
	return nil
}

// folder compares one folder with its mirror. It goes by the difference and not
// by the cursor alone, so a hole that any interruption left is found and filled.
func (v *visit) folder(ctx context.Context, role mail.Role, name string, deep bool) error {
	box, selected, err := v.enter(ctx, role, name)
	if err != nil {
		return err
	}
	known, err := v.Mirror.Known(ctx, box)
	if err != nil {
		return fmt.Errorf("read known messages: %w", err)
	}
	there, sure, err := v.session.uids(ctx)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	if err := v.pushSeen(ctx, box, there); err != nil {
		return err
	}
	if sure {
		if err := v.expunge(ctx, box, known, there); err != nil {
			return err
		}
	}
	whole, err := v.fill(ctx, &box, known, there)
	if err != nil {
		return err
	}
	if err := v.flags(ctx, box, selected, known, there, deep); err != nil {
		return err
	}
	if err := v.bodies(ctx, box); err != nil {
		return err
	}
	box.SyncedAt = v.Now()
	box.Complete = box.Complete || whole
	if err := v.Mirror.SaveBatch(ctx, box, nil); err != nil {
		return fmt.Errorf("save cursor: %w", err)
	}
	v.modseq[name] = seen{selected.UIDValidity, selected.HighestModSeq}
	return nil
}

// enter selects a folder. A UIDVALIDITY that is not the one we know makes every
// UID that we hold meaningless (RFC 9051 section 2.3.1.1).
func (v *visit) enter(ctx context.Context, role mail.Role, name string) (mail.Mailbox, *imap.SelectData, error) {
	box, err := v.Mirror.Mailbox(ctx, v.Account, name, role)
	if err != nil {
		return box, nil, fmt.Errorf("open mirror: %w", err)
	}
	data, err := v.session.enter(ctx, name)
	if err != nil {
		return box, nil, fmt.Errorf("select: %w", err)
	}
	if box.UIDValidity != data.UIDValidity {
		if box, err = v.Mirror.Reset(ctx, box, data.UIDValidity); err != nil {
			return box, nil, fmt.Errorf("reset mirror: %w", err)
		}
	}
	return box, data, nil
}

func (s *Session) enter(ctx context.Context, name string) (data *imap.SelectData, err error) {
	options := &imap.SelectOptions{CondStore: s.caps.Has(imap.CapCondStore)}
	err = s.Do(ctx, func(c *imapclient.Client) (err error) {
		data, err = c.Select(name, options).Wait()
		return err
	})
	return data, err
}

// uids is every UID in the selected folder, ascending. It is not sure when the
// server's own count says otherwise: then nothing may be taken for gone.
func (s *Session) uids(ctx context.Context) (uids []uint32, sure bool, err error) {
	var options *imap.SearchOptions
	if s.caps.Has(imap.CapESearch) {
		options = &imap.SearchOptions{ReturnAll: true}
	}
	count := 0
	var found imap.NumSet
	err = s.Do(ctx, func(c *imapclient.Client) error {
		data, err := c.UIDSearch(&imap.SearchCriteria{}, options).Wait()
		if err != nil {
			return err
		}
		found = data.All
		if box := c.Mailbox(); box != nil {
			count = int(box.NumMessages)
		}
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	uids, ok := expand(found)
	if !ok {
		return nil, false, problem(s.server, nil, errors.New("search result out of bounds"))
	}
	return uids, len(uids) == count, nil
}

// expand spells a set out, unless it is a range that no mailbox can have.
func expand(set imap.NumSet) ([]uint32, bool) {
	if set == nil {
		return nil, true
	}
	ranges, ok := set.(imap.UIDSet)
	if !ok {
		return nil, false
	}
	var uids []uint32
	for _, r := range ranges {
		if r.Start == 0 || r.Stop < r.Start || uint64(r.Stop-r.Start) >= uint64(maxMessages-len(uids)) {
			return nil, false
		}
		for uid := uint64(r.Start); uid <= uint64(r.Stop); uid++ {
			uids = append(uids, uint32(uid))
		}
	}
	slices.Sort(uids)
	return slices.Compact(uids), true
}

func (v *visit) expunge(ctx context.Context, box mail.Mailbox, known []mail.FlagChange, there []uint32) error {
	var gone []uint32
	for _, k := range known {
		if !has(there, k.UID) {
			gone = append(gone, k.UID)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	if err := v.Mirror.Expunged(ctx, box, gone); err != nil {
		return fmt.Errorf("forget expunged: %w", err)
	}
	return nil
}

// fill fetches what the mirror lacks, newest first. During a first sync the rep
// may stop it; what is newer than all that we have is fetched all the same, and
// whole is false.
func (v *visit) fill(ctx context.Context, box *mail.Mailbox, known []mail.FlagChange, there []uint32) (whole bool, err error) {
	missing := slices.DeleteFunc(slices.Clone(there), func(uid uint32) bool { return knows(known, uid) })
	whole = true
	if !box.Complete {
		if v.stopped() {
			whole = false
			missing = slices.DeleteFunc(missing, func(uid uint32) bool { return uid <= box.HighUID })
		}
		var release func()
		ctx, release = v.stoppable(ctx)
		defer release()
	}
	for len(missing) > 0 {
		v.status.progress(box.Role, len(there)-len(missing), len(there))
		part := missing[max(0, len(missing)-v.Batch):]
		got, err := v.around(ctx, *box, part, (*Session).fetchHeaders, v.standIn)
		if saved := v.saveBatch(ctx, box, got); err == nil {
			err = saved
		}
		if err != nil {
			return false, err
		}
		missing = missing[:len(missing)-len(part)]
	}
	v.status.progress(box.Role, len(there), len(there))
	return whole, nil
}

// saveBatch also runs after an error, for what came before it.
func (v *visit) saveBatch(ctx context.Context, box *mail.Mailbox, got []mail.Fetched) error {
	if len(got) == 0 {
		return nil
	}
	for _, one := range got {
		box.HighUID = max(box.HighUID, one.UID)
		if box.LowUID == 0 || one.UID < box.LowUID {
			box.LowUID = one.UID
		}
	}
	if err := v.Mirror.SaveBatch(context.WithoutCancel(ctx), *box, got); err != nil {
		return fmt.Errorf("save messages: %w", err)
	}
	return nil
}

// bodies fetches what leads wrote and what we wrote to them. One that does not
// come is not asked for twice in a visit.
func (v *visit) bodies(ctx context.Context, box mail.Mailbox) error {
	tried, failed := map[uint32]bool{}, 0
	for {
		want, err := v.Mirror.Wanted(ctx, box, failed+bodyBatch)
		if err != nil {
			return fmt.Errorf("read wanted bodies: %w", err)
		}
		want = slices.DeleteFunc(want, func(uid uint32) bool { return tried[uid] })
		if len(want) == 0 {
			return nil
		}
		want = want[:min(len(want), bodyBatch)]
		for _, uid := range want {
			tried[uid] = true
		}
		got, err := v.around(ctx, box, want, v.bodiesOf(box.Role), v.headerOnly)
		failed += len(want) - len(got)
		v.authenticate(ctx, got)
		if len(got) > 0 {
			if err := v.Mirror.SaveBodies(context.WithoutCancel(ctx), box, got); err != nil {
				return fmt.Errorf("save bodies: %w", err)
			}
		}
		if err != nil {
			return fmt.Errorf("fetch bodies: %w", err)
		}
	}
}

// authenticate looks at the sender of each mail whose bytes were kept. It runs
// after the FETCH, so that no slow name server holds the connection's answer.
func (v *visit) authenticate(ctx context.Context, got []mail.Fetched) {
	for i := range got {
		if len(got[i].Raw) > 0 {
			got[i].Auth = v.Authenticate(ctx, got[i].Raw)
		}
	}
}

func has(sorted []uint32, uid uint32) bool {
	_, ok := slices.BinarySearch(sorted, uid)
	return ok
}

func find(known []mail.FlagChange, uid uint32) (int, bool) {
	return slices.BinarySearchFunc(known, uid, func(k mail.FlagChange, uid uint32) int {
		return cmp.Compare(k.UID, uid)
	})
}

func knows(known []mail.FlagChange, uid uint32) bool {
	_, ok := find(known, uid)
	return ok
}
