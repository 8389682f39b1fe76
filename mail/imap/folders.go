package imap

import (
	"context"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

const inbox = "INBOX" // the one name that every server has (RFC 9051 section 5.1)

// sentNames are names of Sent folders on servers that do not mark it, in the
// order in which we take them, lower case, without the prefix of the server.
var sentNames = []string{
	"sent", "sent items", "sent messages", "sent mail", "sent-mail",
	"wysłane", "elementy wysłane", "wiadomości wysłane", "wyslane",
	"gesendet", "gesendete elemente", "gesendete objekte", "outbox/sent",
}

// prefixes stand before the name on servers that put every folder below one.
var prefixes = []string{"inbox.", "inbox/", "[gmail]/", "[google mail]/"}

// sentFolder asks for the folder that is marked \Sent (RFC 6154), or else one
// with a well-known name. It is empty when there is none.
func (s *Session) sentFolder(ctx context.Context) (string, error) {
	var options *imap.ListOptions
	if s.caps.Has(imap.CapSpecialUse) && s.caps.Has(imap.CapListExtended) {
		options = &imap.ListOptions{ReturnSpecialUse: true}
	}
	var list []*imap.ListData
	err := s.Do(ctx, func(c *imapclient.Client) (err error) {
		list, err = c.List("", "*", options).Collect()
		return err
	})
	if err != nil {
		return "", err
	}
	return pickSent(list), nil
}

func pickSent(list []*imap.ListData) string {
	best, rank := "", len(sentNames)
	for _, box := range list {
		if slices.Contains(box.Attrs, imap.MailboxAttrNoSelect) || slices.Contains(box.Attrs, imap.MailboxAttrNonExistent) {
			continue
		}
		if slices.Contains(box.Attrs, imap.MailboxAttrSent) {
			return box.Mailbox
		}
		if i := slices.Index(sentNames, plainName(box.Mailbox)); i >= 0 && i < rank {
			best, rank = box.Mailbox, i
		}
	}
	return best
}

func plainName(name string) string {
	name = strings.ToLower(name)
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return rest
		}
	}
	return name
}
