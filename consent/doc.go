// Package consent decides what may be done to a person: may I write to them,
// may I learn that they opened it? It is pure. It does no I/O, reads no clock
// and knows no SQL; what it must know is handed to it, and it answers always.
//
// The way through it:
//
//  1. purpose.go: the four purposes, and the six states each can be in.
//  2. event.go and validate.go: what can happen to a person's rights, and what
//     must be told of it; a list of events is a ledger.
//  3. lead.go: who the person is, where the data came from, why we write. fields.go: each of
//     these facts with its purpose; fieldtext.go and special.go: what may not stand in one.
//     importing.go: the words of an import (a file is read in package intake), provenance.go: of a fact's source.
//  4. history.go: all that the gate must know of one person.
//  5. fold.go: the list becomes states; no order of events widens. standing.go: [Stand], for badges;
//     closing.go: what of it closes a person for all mail, revocable.go: what they can take back.
//  6. country.go, countries.tsv and ruling.go: what the law of each country
//     concerned says, and the stricter of them. fact.go and facts.go: what a rule wants to be
//     known, what is on file of it, and the override of a doubt. label.go: a mail that must name itself.
//  7. letter.go and body.go: what the law looks at in a mail before it leaves.
//  8. basis.go: what the mail rests on: an answer, consent, soft opt-in or interest.
//     assessment.go, outcome.go and covers.go: the form that interest rests on, and what it looked at;
//     reason.go: why this person, and how reasons that are nearly the same find each other.
//  9. decide.go: [DecideSend] and [DecideTrack], total and pure, give a [Verdict]
//     of checks: check_person.go, check_text.go and check_track.go, one function a rule.
//  10. duties.go, wording.go, period.go and tracking.go: the paragraphs that the law
//     wants in a mail, computed; recognise.go finds them, informs.go says when the duty is done.
//  11. gate.go: [Gate] reads the ledger, decides, keeps the answer (decision.go: with all that
//     it rested on), and issues a permit or a [Refusal].
//  12. permit.go: [SendPermit] and [TrackPermit], which nothing but the gate can make.
//  13. right.go and request.go: what a person may ask of us, and the clock of the answer
//     (workday.go: no term ends on a day of rest). restrict.go: when their data may only be kept,
//     and by when they must be told of it.
//  14. duty.go: the two mails that the law itself wants sent, and may go where no other may;
//     noticeletter.go and dutywords.go write them.
//  15. question.go: what a mail of ours may ask, and how (askwords.go, onetimecode.go);
//     hear.go: what a mail of theirs changes: a no at once, a yes (answer.go) only when it is proven.
//     What its words ask for is read in package intent.
//  16. merge.go: what stands when two leads turn out to be one person.
//
// Unknown never allows. There is no override for tracking and no "track all".
package consent
