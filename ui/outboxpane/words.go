package outboxpane

import (
	"fmt"
	"time"

	"charm.land/lipgloss/v2"

	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
)

// act is what one key does to one mail.
type act struct {
	binding keys.Binding
	wish    event.Wish
	waits   bool // for an answer
}

// acts is every key that could work on a mail, off with a reason where it does not.
func (m *Model) acts(o mail.Outgoing) []act {
	offUnless := func(yes bool, why string) string {
		if yes {
			return ""
		}
		return why
	}
	back := o.State == mail.Failed || o.State == mail.Refused
	unknown := o.State == mail.Unknown
	return []act{
		{m.by.TakeBack.Disabled(offUnless(o.State == mail.Queued, takeBackOff(o.State))), event.TakeBack{ID: o.ID}, true},
		{m.by.Edit.Disabled(offUnless(back, "Only a mail that failed or was refused can be written anew.")), event.EditAgain{ID: o.ID}, true},
		{m.by.Arrived.Disabled(offUnless(unknown, "Only of an unknown mail has a person to say what became of it.")), event.ResolveUnknown{ID: o.ID, Arrived: true}, true},
		{m.by.NotArrived.Disabled(offUnless(unknown, "Only of an unknown mail has a person to say what became of it.")), event.ResolveUnknown{ID: o.ID}, true},
		{m.by.Discard.Disabled(offUnless(back, "Only a mail that failed or was refused can be thrown away here.")), event.DiscardDraft{Draft: o.Draft}, false},
		{m.by.Open, event.OpenPerson{Person: o.Person}, false},
	}
}

func takeBackOff(state mail.OutState) string {
	switch state {
	case mail.Sending:
		return "It is being handed to the server: it is too late to take it back."
	case mail.Sent:
		return "It has left: no mail can be called back."
	case mail.Unknown:
		return "It may have left already. Say whether it arrived."
	}
	return "It is not on its way."
}

// mark is a state's sign and word: they differ without colour.
func (m *Model) mark(o mail.Outgoing) (sign, word string, style lipgloss.Style) {
	s := m.styles
	switch o.State {
	case mail.Queued:
		if o.Attempts > 0 {
			return "↻", "retry", s.Warn
		}
		return "…", "queued", s.Accent
	case mail.Sending:
		return "→", "sending", s.Accent
	case mail.Unknown:
		return "?", "unknown", s.Warn
	case mail.Sent:
		return "✓", "sent", s.Good
	case mail.Failed:
		return "✗", "failed", s.Bad
	case mail.Refused:
		return "⊘", "refused", s.Bad
	case mail.Editing:
		return "·", "draft", s.Muted
	}
	return "·", string(o.State), s.Muted
}

// moment is when something happens or happened, in a few cells.
func (m *Model) moment(o mail.Outgoing) string {
	switch o.State {
	case mail.Queued:
		return countdown(o.DueAt.Sub(m.now))
	case mail.Sent:
		return o.SentAt.In(m.now.Location()).Format("15:04")
	}
	return ""
}

func countdown(left time.Duration) string {
	switch {
	case left <= 0:
		return "now"
	case left < 2*time.Minute:
		return fmt.Sprintf("in %d s", int((left+time.Second-1)/time.Second))
	}
	return fmt.Sprintf("in %d min", int((left+time.Minute-1)/time.Minute))
}

// story is what is to be said of a mail, and the next step.
func (m *Model) story(o mail.Outgoing) (reason, step string) {
	reason, step = o.Reason, o.NextStep
	switch o.State {
	case mail.Queued:
		if reason == "" {
			reason = "It waits so that you can take it back. The gate is asked once more before it leaves."
		}
		if o.Attempts > 0 {
			step = orElse(step, "Nothing to do: it tries again by itself.")
		}
	case mail.Sending:
		reason = orElse(reason, "It is being handed to the server.")
	case mail.Unknown:
		reason = orElse(reason, "The connection ended before the server answered.")
		step = orElse(step, "Look into the Sent mailbox, or ask the person. It is never sent again by itself.")
	case mail.Sent:
		reason = orElse(reason, "The server took it.")
		if o.Copy == mail.CopyPending {
			step = orElse(step, "The copy in Sent will be tried again by itself.")
		}
	case mail.Failed:
		reason = orElse(reason, "The server refused it for good.")
		step = orElse(step, "Edit it and send it again, or throw it away.")
	case mail.Refused:
		reason = orElse(reason, "The gate refused it at the last moment. Nothing was sent.")
		step = orElse(step, "Open the person and read the lead card.")
	}
	return reason, step
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
