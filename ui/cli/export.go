package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
)

// exportCommand writes the copy of one person's data (GDPR Art. 15(3)), or with
// --portable what the person gave us themselves (Art. 20).
type exportCommand struct {
	Address  string `arg:"" help:"Whose data." placeholder:"ADDRESS"`
	Out      string `required:"" help:"A directory that is not there yet." placeholder:"DIR" type:"path"`
	Offline  bool   `help:"Leave out the whole mails that lie on the server, and say so in the copy."`
	Portable bool   `help:"Only what the person gave us: a vCard and JSON (Art. 20)."`
	Language string `help:"Language of the readable text: pl, en or de; the person's own when left out." enum:",pl,en,de" default:""`
}

// Run writes the files, each readable by its owner only.
func (c exportCommand) Run(ctx context.Context, a *app) error {
	db, config, err := openDB(ctx, a, true)
	if err != nil {
		return err
	}
	defer db.Close()
	lead, err := find(ctx, db, c.Address)
	if err != nil {
		return err
	}
	history, err := db.History(ctx, lead.ID)
	if err != nil {
		return err
	}
	copied, err := db.Copy(ctx, lead.ID)
	if err != nil {
		return err
	}
	dir, err := newDir(c.Out)
	if err != nil {
		return err
	}
	if c.Portable {
		if err := writePortable(dir, copied); err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.Out, "Written to %s: contact.vcf and data.json, with what the person gave us.\n", c.Out)
		return err
	}
	return c.access(ctx, a, db, config, history, copied, dir)
}

// access writes the whole copy.
func (c exportCommand) access(ctx context.Context, a *app, db *store.DB, config Config, history consent.History, copied store.AccessCopy, dir newDirectory) error {
	doc := document{offline: c.Offline}
	if !c.Offline {
		came, err := fetchMails(ctx, db, config, copied, dir)
		if err != nil {
			return errors.Join(fmt.Errorf("%w: %w", errOffline, err), dir.remove())
		}
		doc.raws, doc.missing = came, len(copied.Mails)-came
	}
	for _, raw := range copied.Raws {
		if err := dir.write(filepath.Join("mails", raw.Name), raw.Data); err != nil {
			return err
		}
	}
	doc.raws += len(copied.Raws)
	data, err := json.MarshalIndent(struct {
		At     string         `json:"at"`
		Tables []store.Copied `json:"tables"`
	}{copied.At.UTC().Format("2006-01-02T15:04:05Z"), copied.Tables}, "", "  ")
	if err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	if err := dir.write("data.json", append(data, '\n')); err != nil {
		return err
	}
	language := c.Language
	if language == "" {
		language = copied.Lead.Language
	}
	text, err := doc.text(language, config.controller(), history, copied, config.Retention.periods())
	if err != nil {
		return err
	}
	if err := dir.write("your-data.txt", text); err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "Written to %s: your-data.txt, data.json and %d whole mails.\n", c.Out, doc.raws)
	if c.Offline {
		fmt.Fprintln(a.Out, "The mails on the server are not in it (--offline); the copy says so.")
	}
	_, err = fmt.Fprintln(a.Out, "It holds personal data: send it to the person, then delete it here.")
	return err
}

// fetchMails fetches the person's mails from the server, byte for byte.
func fetchMails(ctx context.Context, db *store.DB, config Config, copied store.AccessCopy, dir newDirectory) (int, error) {
	server, err := accountServer(ctx, db, config)
	if err != nil {
		return 0, err
	}
	n := 0
	return server.FetchRaw(ctx, copied.Mails, func(c mail.Copy, raw []byte) error {
		n++
		return dir.write(filepath.Join("mails", fmt.Sprintf("%04d-%s.eml", n, c.At.UTC().Format("2006-01-02"))), raw)
	})
}

// newDirectory is a directory that we made, 0700.
type newDirectory string

// newDir makes one, and refuses one that is there: a copy of one person must not
// lie among files of another.
func newDir(path string) (newDirectory, error) {
	err := os.Mkdir(path, 0o700)
	switch {
	case errors.Is(err, fs.ErrExist):
		return "", &mail.Problem{Sentence: "The directory for the copy is there already.", NextStep: "Name one that is not.", Err: err}
	case err != nil:
		return "", &mail.Problem{Sentence: "The directory for the copy cannot be made.", NextStep: "Name one below a directory that you may write in.", Err: err}
	}
	return newDirectory(path), nil
}

func (d newDirectory) write(name string, data []byte) error {
	path := filepath.Join(string(d), name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	_, err = bytes.NewReader(data).WriteTo(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	return nil
}

// remove takes back what was begun.
func (d newDirectory) remove() error { return os.RemoveAll(string(d)) }
