package smtp

import (
	"slices"
	"strings"

	gosmtp "github.com/emersion/go-smtp"
)

// class is one kind of answer, and what it means to the rep. The first class
// that fits counts, so that the precise ones stand above the broad ones.
type class struct {
	stages   []string // empty: every stage
	codes    []int    // SMTP codes; empty: every code
	enhanced []string // enhanced codes without their first digit ("1.1"), or "7." for a whole group; empty: every one
	words    []string // one of them is in the server's text, lower case; empty: whatever it says
	first    int      // 4 or 5; zero is both

	sentence, next string
}

const again = "Nothing to do: zgoda tries again by itself."

// classes follow RFC 3463 (enhanced codes), RFC 4954 section 6 (AUTH), RFC 5248
// and what Postfix, Exchange and Gmail say in practice.
var classes = []class{
	// The login.
	{stages: []string{stageAuth}, enhanced: []string{"7.9"}, first: 5,
		sentence: "The mail server wants an app password instead of the account's own.",
		next:     "Make an app password in the account's security settings, then run zgoda setup."},
	{stages: []string{stageAuth}, codes: []int{534}, sentence: "The mail server refuses this kind of login.",
		next: "Make an app password in the account's security settings, then run zgoda setup."},
	{stages: []string{stageAuth}, codes: []int{504, 503, 502, 500}, sentence: "The mail server does not know this kind of login.",
		next: "Check the port (465 or 587) and ask the mail provider how programs log in."},
	{stages: []string{stageAuth}, first: 5, sentence: "The mail server does not take the user name or the password.",
		next: "Run zgoda setup and enter them again; many providers want an app password."},
	{stages: []string{stageAuth}, first: 4, sentence: "The mail server cannot check the password just now.", next: again},

	// Encryption and greeting.
	{stages: []string{stageTLS}, first: 4, sentence: "The mail server cannot encrypt the connection just now.", next: again},
	{stages: []string{stageTLS}, sentence: "The mail server refuses to encrypt the connection.",
		next: `Set security to "tls" with port 465, or ask the mail provider for the right port.`},
	{stages: []string{stageConnect}, first: 4, sentence: "The mail server is too busy to talk.", next: again},
	{stages: []string{stageConnect}, first: 5, sentence: "The mail server refuses connections from here.",
		next: "Check host and port, and whether this network or address is blocked by the mail provider."},

	// A login is missing.
	{codes: []int{530}, sentence: "The mail server wants a login first.",
		next: "Set a user name with zgoda setup; zgoda logs in over TLS only."},
	{enhanced: []string{"7.0"}, first: 5, words: []string{"authenticat", "log in", "login"},
		sentence: "The mail server wants a login first.",
		next:     "Set a user name with zgoda setup; zgoda logs in over TLS only."},

	{first: 5, words: []string{"not logged in"}, sentence: "The mail server wants a login first.",
		next: "Set a user name with zgoda setup; zgoda logs in over TLS only."},

	// Slower, or later. "Over quota" of a person's mailbox is not the account's.
	{enhanced: []string{"2.2"}, first: 4, sentence: "The person's mailbox is full.", next: again},
	{first: 4, words: []string{"greylist", "graylist", "greylisted", "try again in"},
		sentence: "The mail server asks to wait before it takes this mail.", next: again},
	{first: 4, words: []string{"rate", "too many", "too fast", "quota", "limit"},
		sentence: "The mail server says that this account sends too much just now.",
		next:     "Nothing to do: zgoda waits and tries again; write fewer mails for a while."},
	{codes: []int{550, 552, 554}, words: []string{"rate limit", "sending limit", "sending quota", "daily user sending", "too many messages"},
		sentence: "The account has reached the mail server's sending limit.",
		next:     "Wait until the limit is over (often a day), then send the mail again."},

	// The person's mailbox.
	{enhanced: []string{"2.2"}, first: 5, sentence: "The person's mailbox is full.",
		next: "Try again in a few days, or ask the person for another address."},
	{codes: []int{552}, stages: []string{stageRcpt}, sentence: "The person's mailbox is full.",
		next: "Try again in a few days, or ask the person for another address."},
	{enhanced: []string{"2.1"}, first: 5, sentence: "The person's mailbox is closed.",
		next: "Ask for another address, or take the person off the leads."},
	{enhanced: []string{"1.6"}, first: 5, sentence: "The person's mailbox has moved.", next: "Ask for the new address."},
	{enhanced: []string{"1.2", "1.10", "4.4"}, first: 5, sentence: "The domain of the person's address takes no mail.",
		next: "Check the part after the @ for a slip."},

	// Who we are to the server.
	{enhanced: []string{"1.7", "1.8"}, first: 5, sentence: "The mail server does not take the sender's address.",
		next: "Check the sender's address in the configuration: it must belong to the account."},
	{first: 5, words: []string{"sender address rejected", "not owned by user", "send as this sender", "not allowed to send as", "sendasdenied"},
		sentence: "The account may not send from the sender's address.",
		next:     "Use the account's own address as sender, or have the mail provider allow the other one."},
	{stages: []string{stageMail}, codes: []int{550, 553, 501}, first: 5, enhanced: []string{"1.", "7.1"},
		sentence: "The mail server does not take the sender's address.",
		next:     "Check the sender's address in the configuration: it must belong to the account."},
	{first: 5, words: []string{"relay"}, sentence: "The mail server does not send mail to other domains for this account.",
		next: "Check that host and port are those for sending (465 or 587) and that a user name is set."},

	// The recipient.
	{enhanced: []string{"1.1", "1.0", "1.3"}, first: 5, stages: []string{stageRcpt, stageData, stageEnd},
		sentence: "There is no such mailbox: the person's address does not exist.",
		next:     "Check the address for a slip, or mark the person as gone."},
	{stages: []string{stageRcpt}, codes: []int{550, 551, 553}, enhanced: []string{""},
		sentence: "There is no such mailbox: the person's address does not exist.",
		next:     "Check the address for a slip, or mark the person as gone."},

	// Size and form.
	{enhanced: []string{"3.4", "2.3"}, first: 5, sentence: "The mail is larger than the mail server takes.",
		next: "Shorten it or leave the attachment out."},
	{codes: []int{552}, sentence: "The mail is larger than the mail server takes.", next: "Shorten it or leave the attachment out."},
	{enhanced: []string{"6.7"}, first: 5, sentence: "The mail server cannot carry an address with letters beyond ASCII before the @.",
		next: "Ask the person for another address, or send from a server that offers SMTPUTF8."},
	{enhanced: []string{"6."}, first: 5, sentence: "The mail server does not like the form of the mail.",
		next: "Please report this: zgoda should have built it otherwise."},

	// Policy: after all that is more precise.
	{first: 5, enhanced: []string{"7.20", "7.21", "7.22", "7.23", "7.24", "7.25", "7.26", "7.27"},
		sentence: "The sender's domain does not pass the checks against forged mail (SPF, DKIM or DMARC).",
		next:     "Have the domain's administrator put these records right; sending again will not help before."},
	{first: 5, words: []string{"spam", "reputation", "blocked", "blacklist", "blocklist", "unsolicited"},
		sentence: "The mail server takes this mail for unwanted advertising.",
		next:     "Read the text again: fewer links, more about this person; then ask the mail provider if it stays so."},
	{first: 5, enhanced: []string{"7."}, sentence: "A rule of the mail server forbids this mail.",
		next: "Ask the mail provider or administrator which rule it is; the code is in the log."},

	// What is left.
	{enhanced: []string{"3."}, first: 4, sentence: "The mail server has no room or is being serviced.", next: again},
	{codes: []int{452}, sentence: "The mail server has no room just now.", next: again},
	{codes: []int{421}, sentence: "The mail server is closing for a while.", next: again},
	{codes: []int{450, 451}, sentence: "The mail server cannot take the mail just now.", next: again},
	{first: 4, sentence: "The mail server asks to try later.", next: again},
	{codes: []int{500, 501, 502, 503, 504}, sentence: "The mail server did not understand zgoda.",
		next: "Check that host and port are those for sending mail; the code is in the log."},
	{first: 5, sentence: "The mail server refused the mail.", next: "Ask the mail provider why; the code is in the log."},
}

// explain says a reply in words. It reads the server's text and repeats none of it.
func explain(stage string, reply *gosmtp.SMTPError) (sentence, next string) {
	text := strings.ToLower(reply.Message)
	code := enhanced(reply)
	for i := range classes {
		if classes[i].fits(stage, reply.Code, code, text) {
			return classes[i].sentence, classes[i].next
		}
	}
	return "The mail server gave an answer that makes no sense here.",
		"Check that host and port are those for sending mail; the code is in the log."
}

func (c *class) fits(stage string, code int, enhanced, text string) bool {
	if c.first != 0 && code/100 != c.first {
		return false
	}
	if len(c.stages) > 0 && !slices.Contains(c.stages, stage) || len(c.codes) > 0 && !slices.Contains(c.codes, code) {
		return false
	}
	if len(c.words) > 0 && !slices.ContainsFunc(c.words, func(w string) bool { return strings.Contains(text, w) }) {
		return false
	}
	return len(c.enhanced) == 0 || slices.ContainsFunc(c.enhanced, func(want string) bool { return enhancedFits(want, enhanced) })
}

// enhancedFits compares without the class digit: 4.2.2 and 5.2.2 are one subject.
func enhancedFits(want, have string) bool {
	_, detail, _ := strings.Cut(have, ".")
	if strings.HasSuffix(want, ".") {
		return strings.HasPrefix(detail, want)
	}
	return detail == want
}
