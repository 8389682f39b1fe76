package consent

import "time"

// Provenance says where one fact of a lead came from: never what it was before,
// for an old value is data that nobody needs (GDPR Art. 5(1)(c), 14(2)(f); S11, G29).
type Provenance struct {
	Field  string // by its name, see Fields
	Source string
	At     time.Time
	Actor  string // who wrote it down
}

// SourceTyped is the source of what a rep changed on a lead card.
const SourceTyped = "written on the lead card"
