package consent

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// More reasons for which an event cannot be recorded.
var (
	ErrNoTime   = errors.New("it is not said when it happened")
	ErrBadEnd   = errors.New("the consent would end before it begins")
	ErrNoTarget = errors.New("it is not said which entry is meant")
	ErrNoMail   = errors.New("it is not said which mail this is about")
	ErrNoRight  = errors.New("it is not said which right is asked for")
	ErrNoFact   = errors.New("it is not said which fact this is evidence of")
)

// Validate checks an event before it may enter the ledger. It gives the first
// thing that is missing, as one of the errors of this package.
func (e Event) Validate(now time.Time) error {
	switch e.Kind {
	case KindAsked, KindGranted, KindRefused, KindWithdrawn, KindObjected, KindSoftOptIn, KindNotice, KindCorrected,
		KindRead, KindRequested, KindExtended, KindAnswered, KindRestricted, KindReleased, KindEvidence, KindOverride,
		KindDisclosed, KindHeld, KindUnheld, KindMerged:
	default:
		return ErrBadKind
	}
	switch {
	case e.Person == 0:
		return ErrNoPerson
	case blank(e.Actor):
		return ErrNoActor
	case e.At.IsZero():
		return ErrNoTime
	case e.At.After(now):
		return ErrFuture
	}
	if e.Kind.ofPurpose() {
		if _, err := ParsePurpose(string(e.Purpose)); err != nil {
			return ErrNoPurpose
		}
	}
	return e.validateProof()
}

// validateProof checks what a kind asks for as its proof. A no of the person
// asks for less than a yes: how they told us, and where that is written.
func (e Event) validateProof() error {
	switch e.Kind {
	case KindGranted, KindSoftOptIn:
		return e.validateYes()
	case KindRefused, KindWithdrawn, KindObjected:
		if e.Method == "" {
			return ErrNoMethod
		}
		if blank(e.Evidence) {
			return ErrNoEvidence
		}
	case KindNotice:
		if blank(e.Evidence) && e.Message == "" {
			return ErrNoEvidence
		}
	case KindCorrected:
		if e.Corrects <= 0 {
			return ErrNoTarget
		}
	default:
		return e.validateStep()
	}
	return nil
}

// validateStep checks what is neither a yes nor a no: the steps of a request, the
// facts of a country rule, and what else is kept of a person's rights.
func (e Event) validateStep() error {
	switch e.Kind {
	case KindAsked:
		return nil
	case KindRead, KindAnswered:
		if e.Message == "" {
			return ErrNoMail
		}
	case KindRequested:
		if _, err := ParseRight(string(e.Right)); err != nil {
			return ErrNoRight
		}
	case KindEvidence:
		if _, err := ParseFact(string(e.Fact)); err != nil {
			return ErrNoFact
		}
	case KindOverride, KindExtended:
		if !e.ValidUntil.After(e.At) {
			return ErrBadEnd
		}
	}
	if (e.Kind == KindExtended || e.Kind == KindAnswered) && e.Corrects <= 0 {
		return ErrNoTarget
	}
	if e.Kind == KindOverride && e.ValidUntil.Sub(e.At) > OverrideLife {
		return ErrBadEnd
	}
	if blank(e.Evidence) && e.Kind != KindAnswered {
		return ErrNoEvidence
	}
	return nil
}

func (e Event) validateYes() error {
	switch {
	case e.Method == ByImport:
		return ErrImport
	case !slices.Contains(Methods(), e.Method):
		return ErrNoMethod
	case blank(e.Evidence):
		return ErrNoEvidence
	case blank(e.Wording):
		return ErrNoWording
	case !e.ValidUntil.IsZero() && !e.ValidUntil.After(e.At):
		return ErrBadEnd
	}
	return nil
}

// ofPurpose reports whether a kind speaks of one purpose.
func (k Kind) ofPurpose() bool {
	return k == KindAsked || k == KindGranted || k == KindRefused || k == KindWithdrawn
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
