package smtp

import (
	"errors"
	"fmt"
	"net"
	"strings"

	gosmtp "github.com/emersion/go-smtp"

	"zgoda/mail"
	"zgoda/mail/dial"
)

// The stages of a submission, as mail.SubmitError names them.
const (
	stageConnect = "connect"
	stageTLS     = "tls"
	stageAuth    = "auth"
	stageMail    = "mail"
	stageRcpt    = "rcpt"
	stageData    = "data"
	stageEnd     = "end"
)

// end is how an attempt ended at stage with what go-smtp gave: a reply of the
// server, or the loss of the connection.
func (s *session) end(stage string, err error) *mail.SubmitError {
	var reply *gosmtp.SMTPError
	if errors.As(err, &reply) {
		return answered(stage, reply)
	}
	return lost(stage, s.cause(err))
}

// cause is the end of ctx, if that closed the connection: go-smtp sees but a
// closed connection, and the log wants to know why.
func (s *session) cause(err error) error {
	if cause := s.ctx.Err(); cause != nil {
		return cause
	}
	return err
}

// endPolitely is end with a QUIT, if the server answered and there is somebody
// to say it to. Never while a mail is being written, see quit.
func (s *session) endPolitely(stage string, err error) *mail.SubmitError {
	var reply *gosmtp.SMTPError
	if errors.As(err, &reply) && reply.Code != 421 { // 421: the server is closing
		s.quit()
	}
	return s.end(stage, err)
}

// answered is a reply that was not the hoped-for one.
func answered(stage string, reply *gosmtp.SMTPError) *mail.SubmitError {
	sentence, next := explain(stage, reply)
	end := &mail.SubmitError{Stage: stage, Code: reply.Code, Enhanced: enhanced(reply)}
	end.Sentence, end.NextStep = sentence, next
	switch {
	case reply.Code >= 500 && reply.Code <= 599:
		end.Fatal = true
	case reply.Code >= 400 && reply.Code <= 499:
		end.Temporary = true
	case stage == stageEnd:
		// Neither a yes that go-smtp knows nor a no: the mail may be there.
		end.Unknown = true
		end.Sentence, end.NextStep = unknownSentence, unknownNext
	default:
		end.Fatal = true
	}
	// Without the server's text: it often repeats the person's address.
	end.Err = fmt.Errorf("submit: reply %d %s at stage %s", reply.Code, end.Enhanced, stage)
	return end
}

const (
	unknownSentence = "The connection ended before the mail server confirmed the mail: it may have arrived or not."
	unknownNext     = "Look for it in the Sent mailbox or ask the person; zgoda does not send it again by itself."
)

// lost is a connection that ended without a reply. After the final dot nobody
// knows what became of the mail (RFC 1047); before it nothing was handed over.
func lost(stage string, err error) *mail.SubmitError {
	end := &mail.SubmitError{Stage: stage}
	end.Err = fmt.Errorf("submit: stage %s: %w", stage, err)
	if stage == stageEnd {
		end.Unknown = true
		end.Sentence, end.NextStep = unknownSentence, unknownNext
		return end
	}
	end.Temporary = true
	end.Sentence = "The connection to the mail server broke off before the mail was handed over."
	end.NextStep = "Nothing was sent; zgoda tries again by itself."
	return end
}

// explained is what the network or TLS said before there was a dialogue.
func explained(server mail.Server, stage string, err error) *mail.SubmitError {
	end := &mail.SubmitError{Stage: stage}
	var problem *mail.Problem
	if errors.As(dial.Explain(server, err), &problem) {
		end.Problem = *problem
	}
	var dialling *net.OpError
	if server.Security == mail.ImplicitTLS && !(errors.As(err, &dialling) && dialling.Op == "dial") {
		end.Stage = stageTLS // connected, or not even tried because of the CA or the pin
	}
	end.Err = fmt.Errorf("submit: stage %s: %w", end.Stage, err)
	end.Temporary = !end.Fatal
	return end
}

// refused is our own no, before the server could say it.
func refused(stage string, err error, sentence, next string) *mail.SubmitError {
	return &mail.SubmitError{Stage: stage, Problem: mail.Problem{Sentence: sentence, NextStep: next, Fatal: true, Err: err}}
}

// broken is a call that cannot be meant.
func broken(err error) *mail.SubmitError {
	return refused(stageConnect, err, "There is nothing that may be sent.", "Please report this: the mail was not sealed.")
}

// enhanced is the code of RFC 3463. go-smtp finds it at the head of the first
// line; some servers put it on the last line alone (RFC 2034 wants it on all).
func enhanced(reply *gosmtp.SMTPError) string {
	code := reply.EnhancedCode
	if code != gosmtp.EnhancedCodeNotSet && code[0] >= 2 && code[0] <= 5 {
		return fmt.Sprintf("%d.%d.%d", code[0], code[1], code[2])
	}
	for line := range strings.Lines(reply.Message) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		var class, subject, detail uint16
		if n, _ := fmt.Sscanf(word, "%d.%d.%d", &class, &subject, &detail); n != 3 || int(class) != reply.Code/100 {
			continue
		}
		if clean := fmt.Sprintf("%d.%d.%d", class, subject, detail); clean == word {
			return clean
		}
	}
	return ""
}
