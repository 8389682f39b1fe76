package consent

import "fmt"

// Refusal is the gate's no, as an error. It names rules and never people, so
// it may go to a log.
type Refusal struct{ Verdict Verdict }

// Error is the weightiest reason.
func (r *Refusal) Error() string {
	failed := r.Verdict.Failed()
	if len(failed) == 0 {
		return fmt.Sprintf("%s refused: nothing allows it", r.Verdict.Act)
	}
	return fmt.Sprintf("%s refused (%s): %s", r.Verdict.Act, failed[0].Rule, failed[0].Reason)
}

// Reason is one sentence for a person.
func (r *Refusal) Reason() string {
	if failed := r.Verdict.Failed(); len(failed) > 0 {
		return failed[0].Reason
	}
	return "Nothing on file allows it."
}

// Way is the shortest lawful way forward.
func (r *Refusal) Way() string {
	if failed := r.Verdict.Failed(); len(failed) > 0 {
		return failed[0].Way
	}
	return ""
}
