package store

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"zgoda/mail"
)

// erased is one line of the journal: that somebody was erased. It names nobody:
// the hashes are those of the suppression list, which only our key can make.
type erased struct {
	Number   int64    `json:"number"` // the number of its row in erasures
	At       int64    `json:"at"`     // unix milliseconds
	Reason   string   `json:"reason"`
	Hashes   []string `json:"hashes"` // of each address of the person
	Objected bool     `json:"objected,omitempty"`
	Mark     string   `json:"mark"` // HMAC over all that, so that a changed line is found
}

func (e erased) time() time.Time { return at(e.At) }

func (e erased) signed() string {
	return fmt.Sprintf("erasure\x00%d\x00%d\x00%q\x00%q\x00%t", e.Number, e.At, e.Reason, e.Hashes, e.Objected)
}

// journal is the file outside the database that every erasure is written to
// before it is done (law.md D6). A database that is older than it, because
// a backup was put back, has the erasures that it lacks done again.
type journal struct {
	path    string // "" keeps none
	mac     func(string) string
	entries []erased
	last    int64 // the highest number that was ever given
	whole   int64 // octets up to the end of the last whole line
}

// maxEntry bounds one line: a person with a thousand addresses fits.
const maxEntry = 128 << 10

// The ways in which a journal cannot be read.
var (
	errJournalLine = errors.New("a line of the erasure journal cannot be read")
	errJournalMark = errors.New("a line of the erasure journal was changed, or is of another key")
)

// readJournal reads every whole line. A line without its end was cut while it
// was written; what it told of never began, and whole says where it begins. Any
// other line that cannot be read is an error: it may be an erasure.
func readJournal(r io.Reader, mac func(string) string) (entries []erased, whole int64, err error) {
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return entries, whole, nil
		}
		if err != nil {
			return nil, 0, fmt.Errorf("read the erasure journal: %w", err)
		}
		whole += int64(len(line))
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		entry, err := parseErased(line, mac)
		if err != nil {
			return nil, 0, fmt.Errorf("line %d: %w", n, err)
		}
		entries = append(entries, entry)
	}
}

func parseErased(line []byte, mac func(string) string) (erased, error) {
	var e erased
	if len(line) > maxEntry {
		return e, errJournalLine
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&e); err != nil {
		return e, errJournalLine // not what the decoder says: it would quote the line
	}
	if rest, err := io.ReadAll(decoder.Buffered()); err != nil || len(bytes.TrimSpace(rest)) > 0 || e.Number <= 0 || len(e.Hashes) == 0 {
		return e, errJournalLine
	}
	if !sameText(e.Mark, mac(e.signed())) {
		return e, errJournalMark
	}
	return e, nil
}

// openJournal reads the journal, which may be missing: then nobody was erased.
func openJournal(path string, mac func(string) string) (*journal, error) {
	j := &journal{path: path, mac: mac}
	if path == "" {
		return j, nil
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return j, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open the erasure journal: %w", err)
	}
	defer func() { _ = file.Close() }()
	if info, err := file.Stat(); err != nil {
		return nil, fmt.Errorf("look at the erasure journal: %w", err)
	} else if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, looseProblem(info)
	}
	if j.entries, j.whole, err = readJournal(file, mac); err != nil {
		return nil, journalProblem(err)
	}
	for _, e := range j.entries {
		j.last = max(j.last, e.Number)
	}
	return j, nil
}

func journalProblem(err error) error {
	if !errors.Is(err, errJournalLine) && !errors.Is(err, errJournalMark) {
		return err
	}
	line, _, _ := strings.Cut(err.Error(), ":")
	return &mail.Problem{
		Sentence: fmt.Sprintf("The journal of erasures, erasures.jsonl, is damaged at %s.", line),
		NextStep: "Put the journal back from a backup: without it somebody who was erased could come back. Nothing was changed.",
		Fatal:    true, Err: err,
	}
}

// number is the next number of an erasure; stored is the highest of the database.
func (j *journal) number(stored int64) int64 { return max(j.last, stored) + 1 }

// write appends an erasure and returns when it is on the disk. It must be called
// before the erasure is committed: one that is only in the journal is done at the
// next start, one that is only in the database would come back with a backup.
func (j *journal) write(e erased) (erased, error) {
	e.Mark = j.mac(e.signed())
	j.last = max(j.last, e.Number)
	if j.path == "" {
		return e, nil
	}
	line, err := json.Marshal(e)
	if err != nil {
		return e, fmt.Errorf("write the erasure journal: %w", err)
	}
	if err := j.append(append(line, '\n')); err != nil {
		return e, fmt.Errorf("write the erasure journal: %w", err)
	}
	j.entries = append(j.entries, e)
	return e, nil
}

func (j *journal) append(line []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(j.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(j.path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	// A line that was cut while it was written is written over.
	if err := file.Truncate(j.whole); err != nil {
		return err
	}
	if _, err := file.WriteAt(line, j.whole); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if j.whole == 0 {
		if err := syncDir(filepath.Dir(j.path)); err != nil {
			return err
		}
	}
	j.whole += int64(len(line))
	return nil
}

// syncDir makes a new name in a directory last. Windows has no such call.
func syncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
