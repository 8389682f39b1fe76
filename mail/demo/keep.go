package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// shelf keeps the world's mail in a directory: each mail a file named by its
// UID, and one index with flags and times. UIDs are the same after a restart.
type shelf struct {
	dir string

	mu    sync.Mutex
	index index
}

// index is the file world.json.
type index struct {
	SeededAt time.Time         `json:"seeded_at"` // the people's facts are told from here
	Folders  map[string][]kept `json:"folders"`   // ascending by UID
	Next     map[string]uint32 `json:"next"`      // UIDNEXT
}

type kept struct {
	UID   uint32      `json:"uid"`
	At    time.Time   `json:"at"`
	Flags []imap.Flag `json:"flags,omitempty"`
}

const indexName = "world.json"

// openShelf reads the index of dir, which need not be there yet.
func openShelf(dir string) (*shelf, error) {
	s := &shelf{dir: dir, index: index{Folders: make(map[string][]kept), Next: make(map[string]uint32)}}
	for _, f := range folders() {
		if err := os.MkdirAll(filepath.Join(dir, f.name), 0o700); err != nil {
			return nil, fmt.Errorf("make the demo's directory: %w", err)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, indexName))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the demo's index: %w", err)
	}
	if err := json.Unmarshal(text, &s.index); err != nil {
		return nil, fmt.Errorf("read the demo's index: %w", err)
	}
	return s, nil
}

// filled reports whether a world was kept here before.
func (s *shelf) filled() bool { return !s.index.SeededAt.IsZero() }

func (s *shelf) path(folder string, uid uint32) string {
	return filepath.Join(s.dir, folder, fmt.Sprintf("%08d.eml", uid))
}

// add writes a new mail. Its flags follow at the next save.
func (s *shelf) add(folder string, uid uint32, raw []byte, at time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at.IsZero() {
		at = time.Now() // as the in-memory server does
	}
	if err := replace(s.path(folder, uid), raw); err != nil {
		return fmt.Errorf("keep a mail: %w", err)
	}
	s.index.Folders[folder] = append(s.index.Folders[folder], kept{UID: uid, At: at})
	return nil
}

// copied gives copies within the server their files.
func (s *shelf) copied(from, to string, data *imap.CopyData) error {
	source, _ := data.SourceUIDs.Nums()
	dest, _ := data.DestUIDs.Nums()
	if len(source) != len(dest) {
		return errors.New("keep a copy: its UIDs do not match")
	}
	for i := range source {
		raw, err := os.ReadFile(s.path(from, uint32(source[i])))
		if err != nil {
			return fmt.Errorf("keep a copy: %w", err)
		}
		if err := s.add(to, uint32(dest[i]), raw, s.at(from, uint32(source[i]))); err != nil {
			return err
		}
	}
	return nil
}

func (s *shelf) at(folder string, uid uint32) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.index.Folders[folder] {
		if k.UID == uid {
			return k.At
		}
	}
	return time.Time{}
}

// keptFlags are the flags that outlive a restart.
func keptFlags() []imap.Flag { return []imap.Flag{imap.FlagSeen, imap.FlagAnswered, imap.FlagFlagged} }

// save asks the server what it holds, and writes the index after it.
func (s *shelf) save(user *imapmemserver.User) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range folders() {
		if err := s.saveFolder(user, f.name); err != nil {
			return fmt.Errorf("keep the folder %s: %w", f.name, err)
		}
	}
	text, err := json.MarshalIndent(s.index, "", " ")
	if err != nil {
		return fmt.Errorf("keep the demo's index: %w", err)
	}
	if err := replace(filepath.Join(s.dir, indexName), text); err != nil {
		return fmt.Errorf("keep the demo's index: %w", err)
	}
	return nil
}

func (s *shelf) saveFolder(user *imapmemserver.User, name string) error {
	session := imapmemserver.NewUserSession(user)
	if _, err := session.Select(name, nil); err != nil {
		return err
	}
	defer func() { _ = session.Close() }()
	there, err := find(session, imap.SearchCriteria{})
	if err != nil {
		return err
	}
	flagged := make(map[imap.Flag]imap.UIDSet)
	for _, flag := range keptFlags() {
		if flagged[flag], err = find(session, imap.SearchCriteria{Flag: []imap.Flag{flag}}); err != nil {
			return err
		}
	}
	var gone []uint32
	s.index.Folders[name] = slices.DeleteFunc(s.index.Folders[name], func(k kept) bool {
		if there.Contains(imap.UID(k.UID)) {
			return false
		}
		gone = append(gone, k.UID)
		return true
	})
	for i := range s.index.Folders[name] {
		k := &s.index.Folders[name][i]
		k.Flags = nil
		for _, flag := range keptFlags() {
			if flagged[flag].Contains(imap.UID(k.UID)) {
				k.Flags = append(k.Flags, flag)
			}
		}
		s.index.Next[name] = max(s.index.Next[name], k.UID+1)
	}
	for _, uid := range gone {
		if err := os.Remove(s.path(name, uid)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func find(session *imapmemserver.UserSession, criteria imap.SearchCriteria) (imap.UIDSet, error) {
	data, err := session.Search(imapserver.NumKindUID, &criteria, &imap.SearchOptions{})
	if err != nil {
		return nil, err
	}
	set, _ := data.All.(imap.UIDSet)
	return set, nil
}

// load puts the kept mail back under its old UIDs. The in-memory server counts
// UIDs by itself, so a gap is filled with mails that are expunged at once.
func (s *shelf) load(user *imapmemserver.User) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range folders() {
		next := uint32(1)
		for _, k := range s.index.Folders[f.name] {
			raw, err := os.ReadFile(s.path(f.name, k.UID))
			if err != nil {
				return fmt.Errorf("read a kept mail: %w", err)
			}
			if err := skip(user, f.name, k.UID-next); err != nil {
				return err
			}
			if _, err := user.Append(f.name, literalOf(raw), &imap.AppendOptions{Time: k.At, Flags: k.Flags}); err != nil {
				return fmt.Errorf("put a kept mail back: %w", err)
			}
			next = k.UID + 1
		}
		if after := s.index.Next[f.name]; after > next {
			if err := skip(user, f.name, after-next); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxGap bounds what a damaged index can ask for.
const maxGap = 1 << 20

func skip(user *imapmemserver.User, folder string, n uint32) error {
	if n == 0 {
		return nil
	}
	if n > maxGap {
		return fmt.Errorf("put the kept mail back: the index of %s has a hole of %d", folder, n)
	}
	for range n {
		if _, err := user.Append(folder, literalOf(nil), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagDeleted}}); err != nil {
			return fmt.Errorf("fill a gap: %w", err)
		}
	}
	session := imapmemserver.NewUserSession(user)
	if _, err := session.Select(folder, nil); err != nil {
		return fmt.Errorf("fill a gap: %w", err)
	}
	defer func() { _ = session.Close() }()
	return session.Expunge(nil, nil)
}

// replace writes a file whole or not at all.
func replace(path string, data []byte) error {
	part := path + ".part"
	if err := os.WriteFile(part, data, 0o600); err != nil {
		return err
	}
	return os.Rename(part, path)
}
