package demo

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-smtp"

	"zgoda/mail"
)

// Options is how a world begins. The zero Options is the sample world, now.
type Options struct {
	Now        func() time.Time // the world's clock; nil is the real one
	Dir        string           // where the mail is kept and found again; empty keeps nothing
	ReplyAfter time.Duration    // how long people think before they answer; zero is six seconds, negative is for ever
	Empty      bool             // no people and no mail
	Bulk       int              // so many mails of [Bulk] more
}

// replyAfter is long enough to see a mail leave and short enough to wait for.
const replyAfter = 6 * time.Second

// World is the running stage. Close ends it.
type World struct {
	now      func() time.Time
	house    *house
	people   []Person
	ca       []byte
	password string
	doors    [doorCount]*door

	imap    *imapserver.Server
	smtp    *smtp.Server
	guests  *guests
	postman *postman
	stop    context.CancelFunc
	running sync.WaitGroup
	closing sync.Once
	closed  error

	mu        sync.Mutex
	delivered []Delivery
	tried     map[string]bool
}

// Start raises the servers on free ports of loopback, with the mail in place.
// When ctx ends nobody answers any more; the servers stay until Close.
func Start(ctx context.Context, options Options) (*World, error) {
	w := &World{now: options.Now, password: rand.Text(), guests: newGuests(), tried: make(map[string]bool)}
	if w.now == nil {
		w.now = time.Now
	}
	var err error
	if w.house, err = newHouse(rep().Email, w.password); err != nil {
		return nil, err
	}
	if err := w.furnish(options); err != nil {
		return nil, err
	}
	ca, config, err := authority()
	if err != nil {
		return nil, err
	}
	w.ca = ca
	after := options.ReplyAfter
	if after == 0 {
		after = replyAfter
	}
	ctx, w.stop = context.WithCancel(ctx)
	w.postman = newPostman(after, w.now)
	if err := w.open(config); err != nil {
		w.stop()
		return nil, err
	}
	w.running.Go(func() { w.postman.run(ctx, w.house) })
	return w, nil
}

// furnish brings the mail: what was kept, or what the stories tell.
func (w *World) furnish(options Options) error {
	told := w.now()
	if options.Dir != "" {
		s, err := openShelf(options.Dir)
		if err != nil {
			return err
		}
		if s.filled() {
			told = s.index.SeededAt.In(told.Location())
		}
		w.house.shelf = s
	}
	var mails []posted
	if !options.Empty {
		var err error
		if w.people, mails, err = tell(told); err != nil {
			return err
		}
	}
	if s := w.house.shelf; s != nil && s.filled() {
		return s.load(w.house.user)
	}
	return w.seed(mails, options.Bulk, told)
}

func (w *World) seed(mails []posted, bulk int, told time.Time) error {
	for raw := range Bulk(bulk) {
		mails = append(mails, posted{folder: inbox, at: raw.At, seen: true, raw: raw.Bytes})
		if raw.Out {
			mails[len(mails)-1].folder = sent
		}
	}
	slices.SortStableFunc(mails, func(a, b posted) int { return a.at.Compare(b.at) })
	for _, m := range mails {
		o := &imap.AppendOptions{Time: m.at}
		if m.seen {
			o.Flags = []imap.Flag{imap.FlagSeen}
		}
		if _, err := w.house.append(m.folder, m.raw, o); err != nil {
			return err
		}
	}
	if w.house.shelf != nil {
		w.house.shelf.index.SeededAt = told
	}
	return w.house.changed()
}

// open listens and serves.
func (w *World) open(config *tls.Config) error {
	for i := range w.doors {
		d, err := openDoor(w.guests)
		if err != nil {
			return errors.Join(err, w.shutDoors())
		}
		w.doors[i] = d
	}
	w.imap = newIMAP(w.house, w.guests)
	w.smtp = newSMTP(&post{username: rep().Email, password: w.password, guests: w.guests, now: w.now, take: w.take, tried: w.triedBefore})
	// Serve ends with an error when its door is closed; there is no other way for it to end.
	w.running.Go(func() { _ = w.imap.Serve(tls.NewListener(w.doors[imapDoor], config)) })
	w.running.Go(func() { _ = w.smtp.Serve(tls.NewListener(w.doors[smtpDoor], config)) })
	return nil
}

// The doors of the house.
const (
	imapDoor = iota
	smtpDoor
	doorCount
)

func (w *World) shutDoors() error {
	var errs []error
	for _, d := range w.doors {
		if d != nil {
			errs = append(errs, d.Close())
		}
	}
	return errors.Join(errs...)
}

// IMAP is the mailbox: implicit TLS on loopback, with the authority that vouches for it.
func (w *World) IMAP() mail.Server { return w.server(w.doors[imapDoor].port()) }

// SMTP is the submission server: implicit TLS on loopback, AUTH PLAIN.
func (w *World) SMTP() mail.Server { return w.server(w.doors[smtpDoor].port()) }

func (w *World) server(port int) mail.Server {
	return mail.Server{Host: "127.0.0.1", Port: port, Security: mail.ImplicitTLS,
		Username: rep().Email, Password: w.password, CA: slices.Clone(w.ca)}
}

// Rep is who the mailbox belongs to.
func (w *World) Rep() mail.Address { return rep() }

// Company is the firm that the rep writes for.
func (w *World) Company() Company { return company(w.now()) }

// People is who is in the world, in plain data, as they were when it was seeded.
func (w *World) People() []Person {
	people := slices.Clone(w.people)
	for i := range people {
		people[i].Events = slices.Clone(people[i].Events)
	}
	return people
}

// Delivered is every mail that the SMTP server took, oldest first.
func (w *World) Delivered() []Delivery {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.delivered)
}

// Receive puts a mail into INBOX, as if it had just come, and tells every IDLE.
func (w *World) Receive(raw []byte) error { return w.house.put(inbox, raw, w.now()) }

// Close ends the servers and waits until every goroutine of the world is done.
func (w *World) Close() error {
	w.closing.Do(func() {
		w.stop()
		// A server that is told to end while it begins to serve counts itself in
		// too late (both libraries wait by a WaitGroup): let it begin first.
		for _, d := range w.doors {
			<-d.asked
		}
		w.guests.shut()
		w.closed = errors.Join(w.shutDoors(), w.imap.Close(), w.smtp.Close())
		w.running.Wait()
		<-w.guests.empty
		if w.house.shelf != nil {
			w.closed = errors.Join(w.closed, w.house.changed())
		}
	})
	return w.closed
}

// take brings a mail to whom it is for.
func (w *World) take(d Delivery) error {
	w.mu.Lock()
	w.delivered = append(w.delivered, d)
	w.mu.Unlock()
	for _, to := range d.To {
		if strings.EqualFold(to, rep().Email) {
			if err := w.house.put(inbox, d.Raw, d.At); err != nil {
				return err
			}
			continue
		}
		if person, ok := w.find(to); ok {
			w.postman.got(person, d.Raw)
		}
	}
	return nil
}

// find is the person of an address, with or without a tag. Where we know the
// house but not the person, it is somebody whose mailbox is gone.
func (w *World) find(email string) (Person, bool) {
	local, host, _ := strings.Cut(strings.ToLower(email), "@")
	local, _, _ = strings.Cut(local, "+")
	var known bool
	for _, p := range w.people {
		if strings.ToLower(p.Address.Email) == local+"@"+host {
			return p, true
		}
		known = known || p.Address.Domain() == host
	}
	return Person{Address: mail.Address{Email: email}, Language: "en", Answers: Gone}, known
}

func (w *World) triedBefore(email string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.tried[email]
	w.tried[email] = true
	return before
}
