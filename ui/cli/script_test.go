package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/zalando/go-keyring"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/demo"
)

// TestMain lets the stories under testdata run zgoda as a process of its own.
// No story may reach the keyring of whoever runs the tests.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"zgoda": func() {
		keyring.MockInitWithError(errors.New("no keyring in a test"))
		os.Exit(Run(context.Background(), os.Args[1:], Stdio{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv}))
	}})
}

// TestScripts tells what a user of the commands sees, one story a file.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "testdata",
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			env.Setenv("HOME", home)
			env.Values[deskKey{}] = &desk{ctx: t.Context(), paths: homePaths(home)}
			return os.MkdirAll(home, 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "office": office, "lead": lead, "delivered": delivered,
			"hold": hold, "oldlead": oldLead, "lastid": setLastID, "bounces": bounces, "strangerca": strangerCA, "fill": fill, "closed": closed, "private": private, "nowhere": nowhere, "tamper": tamper,
			"answers": answersMail, "append": appendTo, "dpo": makeDPO,
		},
	})
}

// desk is what one story works on.
type desk struct {
	ctx    context.Context
	paths  paths
	office *demo.World
	config Config
}

type deskKey struct{}

func deskOf(ts *testscript.TestScript) *desk { return ts.Value(deskKey{}).(*desk) }

func homePaths(home string) paths {
	places, err := findPaths(func(name string) string {
		if name == "HOME" {
			return home
		}
		return ""
	})
	if err != nil {
		panic(err) // HOME is set
	}
	return places
}

// exits CODE COMMAND ARGS… runs a command that must end with just this code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("run %s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%s ended with code %d, want %d", args[1], got, want)
	}
}

// office [bare] starts the sample mail servers, in which nobody answers, and
// sets zgoda up on them; with bare it leaves the set-up to the story. The
// story finds $IMAP_PORT, $SMTP_PORT, $PASSWORD and the file ca.pem.
func office(ts *testscript.TestScript, _ bool, args []string) {
	d := deskOf(ts)
	world, err := demo.Start(d.ctx, demo.Options{ReplyAfter: -1})
	ts.Check(err)
	ts.Defer(func() { _ = world.Close() })
	d.office = world
	in, out := world.IMAP(), world.SMTP()
	ca, password := ts.MkAbs("ca.pem"), ts.MkAbs("password")
	ts.Check(os.WriteFile(ca, in.CA, 0o600))
	ts.Check(os.WriteFile(password, []byte(in.Password+"\n"), 0o600))
	ts.Setenv("IMAP_PORT", strconv.Itoa(in.Port))
	ts.Setenv("SMTP_PORT", strconv.Itoa(out.Port))
	ts.Setenv("PASSWORD", in.Password)
	ts.Setenv("YESTERDAY", day(time.Now().Add(-24*time.Hour)))
	d.config = demoConfig(world)
	d.config.IMAP = serverConfig{Host: in.Host, Port: in.Port, Security: string(in.Security), Username: in.Username, CAFile: ca}
	d.config.SMTP = serverConfig{Host: out.Host, Port: out.Port, Security: string(out.Security), Username: out.Username, CAFile: ca}
	d.config.Secret = secretConfig{File: password}
	if len(args) == 0 {
		ts.Check(d.config.save(d.paths.config))
	}
}

// open opens the story's database, as a zgoda that runs would.
func (d *desk) open(ts *testscript.TestScript) *world {
	w, err := openWorld(d.ctx, &app{paths: d.paths, now: time.Now}, d.config, servers{})
	ts.Check(err)
	return w
}

// lead ADDRESS COUNTRY [objected|marketing|bare|audience:CC,…]… makes a lead with
// all that the gate asks for, and records what they told us. With bare there is no
// assessment, with audience it looks at these countries too.
func lead(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: lead ADDRESS COUNTRY [objected|marketing]…")
	}
	d := deskOf(ts)
	w := d.open(ts)
	defer w.close()
	if !slices.Contains(args, "bare") {
		assessment := d.office.Company().Assessment
		for _, arg := range args {
			if more, ok := strings.CutPrefix(arg, "audience:"); ok {
				assessment.Countries = append(assessment.Countries, strings.Split(more, ",")...)
			}
		}
		ts.Check(seedAssessment(d.ctx, w, assessment))
	}
	address, err := mail.NewAddress("", args[0])
	ts.Check(err)
	yesterday := time.Now().Add(-24 * time.Hour)
	person, err := w.db.AddLead(d.ctx, consent.Lead{
		Address: address, Name: "Ada Northwind", Company: "Northwind Offices Ltd", Role: "Head of Facilities",
		Language: "en", Country: args[1], Source: "northwind-offices.example/team", SourceKind: consent.SourceResearch, SourcePublic: true,
		Since: yesterday, ObtainedAt: yesterday,
		Reason: "You rebuild the second floor in March, and the plans name its lighting as an open question.",
	})
	ts.Check(err)
	for _, said := range args[2:] {
		event := consent.Event{Person: person.ID, Method: consent.ByPhone, Evidence: "Phone call, note in the diary", At: yesterday, Actor: w.us.Label()}
		if said == "bare" || strings.HasPrefix(said, "audience:") {
			continue
		}
		switch said {
		case "objected":
			event.Kind = consent.KindObjected
		case "marketing":
			event.Kind, event.Purpose = consent.KindGranted, consent.MarketingEmail
			event.Wording, event.Language = "Yes, send me your offers by e-mail.", "en"
		default:
			ts.Fatalf("lead: %q is not known here", said)
		}
		_, err := w.db.Record(d.ctx, event)
		ts.Check(err)
	}
}

// delivered N [TEXT…] checks how many mails reached the sample SMTP server,
// and that the last one holds every text.
func delivered(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: delivered N [TEXT…]")
	}
	got := deskOf(ts).office.Delivered()
	if want, err := strconv.Atoi(args[0]); err != nil || len(got) != want {
		ts.Fatalf("%d mails were delivered, want %s", len(got), args[0])
	}
	for _, text := range args[1:] {
		if last := got[len(got)-1].Raw; !bytes.Contains(last, []byte(text)) {
			ts.Fatalf("the mail lacks %q:\n%s", text, last)
		}
	}
}

// hold keeps the database open until the story ends, as a running zgoda does.
func hold(ts *testscript.TestScript, _ bool, _ []string) {
	w := deskOf(ts).open(ts)
	ts.Defer(w.close)
}

// strangerca FILE writes a certificate authority that did not sign the office.
func strangerCA(ts *testscript.TestScript, _ bool, args []string) {
	stranger, err := demo.Start(deskOf(ts).ctx, demo.Options{Empty: true})
	ts.Check(err)
	defer stranger.Close()
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), stranger.IMAP().CA, 0o600))
}

// append FILE OTHER adds the text of one file to the end of another.
func appendTo(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile(args[0])+ts.ReadFile(args[1])), 0o600))
}

// dpo makes whoever is set up the data-protection officer.
func makeDPO(ts *testscript.TestScript, _ bool, _ []string) {
	d := deskOf(ts)
	d.config.Account.DPO = true
	ts.Check(d.config.save(d.paths.config))
}

// fill FILE puts the story's variables into a file.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	text := os.Expand(ts.ReadFile(args[0]), ts.Getenv)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}
