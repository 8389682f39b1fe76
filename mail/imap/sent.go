package imap

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"zgoda/mail"
)

// SaveSent saves a copy of a mail that the server took to the Sent folder, on a
// short connection of its own. It looks for the Message-ID first: some servers
// save by themselves, and a copy that was saved while the answer got lost must
// not be saved twice. Without a Sent folder it makes one.
func (s *Syncer) SaveSent(ctx context.Context, sent mail.SentCopy) error {
	session, err := Open(ctx, s.Server, s.Silence)
	if err != nil {
		return fmt.Errorf("connect for the copy: %w", err)
	}
	defer session.Close()
	name, err := session.sentFolder(ctx)
	if err != nil {
		return fmt.Errorf("list folders: %w", err)
	}
	if name == "" {
		if name, err = session.makeSent(ctx); err != nil {
			return fmt.Errorf("create the sent folder: %w", err)
		}
	}
	there, err := session.holds(ctx, name, sent.MessageID)
	if err != nil || there {
		return err
	}
	if err := session.appendSeen(ctx, name, sent.Raw); err != nil {
		return fmt.Errorf("append the copy: %w", err)
	}
	mark(s.wake) // so that the conversation shows it
	return nil
}

// makeSent creates the folder under the name that most programs look for.
func (s *Session) makeSent(ctx context.Context) (string, error) {
	const name = "Sent"
	var options *imap.CreateOptions
	if s.caps.Has(imap.CapCreateSpecialUse) {
		options = &imap.CreateOptions{SpecialUse: []imap.MailboxAttr{imap.MailboxAttrSent}}
	}
	return name, s.Do(ctx, func(c *imapclient.Client) error {
		if err := c.Create(name, options).Wait(); err != nil {
			return err
		}
		return c.Subscribe(name).Wait()
	})
}

// holds reports whether a folder has a message of that id.
func (s *Session) holds(ctx context.Context, name string, id mail.MessageID) (bool, error) {
	if _, err := s.enter(ctx, name); err != nil {
		return false, fmt.Errorf("select: %w", err)
	}
	if id == "" {
		return false, nil
	}
	found := false
	err := s.Do(ctx, func(c *imapclient.Client) error {
		data, err := c.UIDSearch(&imap.SearchCriteria{
			Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: string(id)}},
		}, nil).Wait()
		if err == nil {
			found = len(data.AllUIDs()) > 0
		}
		return err
	})
	if err != nil {
		return false, fmt.Errorf("search the copy: %w", err)
	}
	return found, nil
}

func (s *Session) appendSeen(ctx context.Context, name string, raw []byte) error {
	return s.Do(ctx, func(c *imapclient.Client) error {
		cmd := c.Append(name, int64(len(raw)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}})
		_, err := io.Copy(cmd, bytes.NewReader(raw))
		closed := cmd.Close()
		// The server's answer says more than the write that it cut short.
		if _, said := cmd.Wait(); said != nil {
			return said
		}
		return errors.Join(err, closed)
	})
}
