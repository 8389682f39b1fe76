package consent

import (
	"errors"
	"slices"
	"time"

	"zgoda/mail"
)

// ErrNoPermit is returned for a zero permit: nobody asked the gate.
var ErrNoPermit = errors.New("no permit: the gate was not asked")

// ErrStalePermit is returned for a permit older than PermitLife: ask again.
var ErrStalePermit = errors.New("the permit is stale: ask the gate again")

// PermitLife is how long a permit may be used after it was issued.
const PermitLife = time.Minute

// grant is what both permits carry.
type grant struct {
	person  mail.PersonID
	to      mail.Address
	purpose Purpose
	basis   Basis
	letter  Letter
	informs bool
	issued  time.Time
	seq     int64
}

// SendPermit is the proof that one mail to one person may leave now. Only
// [Gate] makes one; it is never stored, queued or logged.
type SendPermit struct{ send grant }

// TrackPermit is the proof that one purpose of tracking may be used for one
// person now. Its field has another name than SendPermit's, so that the two
// cannot be converted into each other.
type TrackPermit struct{ track grant }

// Use is the permit's one door: it gives the recipient of the envelope and the
// letter that was judged, or ErrNoPermit, or ErrStalePermit.
func (p SendPermit) Use(now time.Time) (to mail.Address, letter Letter, err error) {
	if err := p.send.usable(now); err != nil {
		return mail.Address{}, Letter{}, err
	}
	letter = p.send.letter
	letter.To = slices.Clone(letter.To)
	return p.send.to, letter, nil
}

// Person is whom the permit is for; zero for the zero permit.
func (p SendPermit) Person() mail.PersonID { return p.send.person }

// Basis is what the send rests on.
func (p SendPermit) Basis() Basis { return p.send.basis }

// Informs reports whether the mail, once sent, has given the person the notice,
// so that KindNotice may be recorded with its Message-ID (G21).
func (p SendPermit) Informs() bool { return p.send.informs }

// Use gives the person the permit is for, or ErrNoPermit, or ErrStalePermit.
func (p TrackPermit) Use(now time.Time) (mail.PersonID, Purpose, error) {
	if err := p.track.usable(now); err != nil {
		return 0, "", err
	}
	return p.track.person, p.track.purpose, nil
}

func (g grant) usable(now time.Time) error {
	if g.person == 0 || g.issued.IsZero() {
		return ErrNoPermit
	}
	if age := now.Sub(g.issued); age > PermitLife || age < -PermitLife {
		return ErrStalePermit
	}
	return nil
}
