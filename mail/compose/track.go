package compose

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"zgoda/consent"
	"zgoda/consent/link"
	"zgoda/mail"
)

// tracks is what the tracking permits open; the zero tracks opens nothing.
type tracks struct {
	opens, clicks *consent.TrackPermit
}

// wishes finds the permit of each wish of the draft.
func wishes(permit consent.SendPermit, list []consent.TrackPermit, draft mail.Draft, sender Sender) (tracks, error) {
	var t tracks
	for i := range list {
		person, purpose, err := list[i].Use(sender.Now)
		if err != nil {
			return tracks{}, fmt.Errorf("use a tracking permit: %w", err)
		}
		if person != permit.Person() {
			return tracks{}, ErrOtherPerson
		}
		switch {
		case purpose == consent.TrackOpen && draft.TrackOpens:
			t.opens = &list[i]
		case purpose == consent.TrackClick && draft.TrackClicks:
			t.clicks = &list[i]
		}
	}
	if draft.TrackOpens && t.opens == nil {
		return tracks{}, fmt.Errorf("%s: %w", consent.TrackOpen.Title(), consent.ErrNoPermit)
	}
	if draft.TrackClicks && t.clicks == nil {
		return tracks{}, fmt.Errorf("%s: %w", consent.TrackClick.Title(), consent.ErrNoPermit)
	}
	if (t.opens != nil || t.clicks != nil) && sender.Links == nil {
		return tracks{}, ErrNoLinks
	}
	return t, nil
}

// aboutRights knows text and addresses that speak of privacy, consent or
// stopping, in the three languages. Who exercises a right is never counted, so
// when in doubt a link stays plain.
var aboutRights = regexp.MustCompile(`(?i)priva|prywat|datenschutz|polity|rodo|gdpr|dsgvo|zgod|zgad|consent|einwillig|` +
	`stop|wypis|unsub|opt-?out|sprzeciw|object|widerspr|abmeld|rezygn|cofn|withdraw|preferenc`)

// linker decides where a link of the HTML part leads.
type linker struct {
	draft  mail.Draft
	sender Sender
	tracks tracks
}

// lead is the address that a link to target in paragraph gets: itself, unless
// clicks may be counted and the link has nothing to do with the person's rights.
func (l linker) lead(target, paragraph string) (string, error) {
	if l.tracks.clicks == nil || slices.Contains(l.sender.Plain, target) ||
		aboutRights.MatchString(target) || aboutRights.MatchString(paragraph) {
		return target, nil
	}
	counted, err := l.sender.Links.Click(*l.tracks.clicks, l.draft.MessageID, target, l.sender.Now)
	if errors.Is(err, link.ErrBadTarget) {
		return target, nil // what cannot be counted is still a link
	}
	if err != nil {
		return "", fmt.Errorf("spell a counted link: %w", err)
	}
	return counted, nil
}

// pixel is the address of the open pixel, "" when opens may not be counted.
func (l linker) pixel() (string, error) {
	if l.tracks.opens == nil {
		return "", nil
	}
	address, err := l.sender.Links.Pixel(*l.tracks.opens, l.draft.MessageID, l.sender.Now)
	if err != nil {
		return "", fmt.Errorf("spell the open pixel: %w", err)
	}
	return address, nil
}
