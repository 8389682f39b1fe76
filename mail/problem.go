package mail

// Problem is an error with two readers: Sentence and NextStep are for the
// person at the screen and hold no secret, server text or foreign address;
// Err is the chain for the log.
type Problem struct {
	Sentence string // one sentence: what is wrong
	NextStep string // one sentence: what to do about it
	Fatal    bool   // trying again by itself cannot help
	Err      error
}

// Error is the chain, for the log.
func (p *Problem) Error() string {
	if p.Err == nil {
		return p.Sentence
	}
	return p.Err.Error()
}

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.Err }
