package store

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"zgoda/mail"
)

// asNobody runs f without root's right to write everywhere. The identity for
// the file system belongs to the thread, so the rest of the tests keep theirs.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		f()
		return
	}
	const nobody = 65534
	runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
	if _, _, errno := syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0); errno != 0 {
		t.Fatal(errno)
	}
	defer func() {
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SETFSUID, 0, 0, 0); errno != 0 {
			t.Fatal(errno)
		}
	}()
	f()
}

// ownedBy gives the directory to whom asNobody makes us.
func ownedByNobody(t *testing.T, dir string) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, 65534, 65534)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlyFileAndDirectory(t *testing.T) {
	tests := map[string]struct {
		file, dir os.FileMode
		sentence  string
	}{
		"file":      {0o400, 0o700, "The database cannot be written."},
		"directory": {0o600, 0o500, "zgoda may not write in its data directory."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			base, err := os.MkdirTemp("", "zgoda-readonly-") // testing's own has a parent that nobody may not enter
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				_ = os.Chmod(base, 0o700)
				if err := os.RemoveAll(base); err != nil {
					t.Error(err)
				}
			})
			db, err := Open(context.Background(), options(base))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Mailbox(context.Background(), "a", "INBOX", mail.RoleInbox); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if name == "directory" {
				if err := os.Remove(filepath.Join(base, "zgoda.db.lock")); err != nil {
					t.Fatal(err)
				}
			}
			ownedByNobody(t, base)
			if err := os.Chmod(filepath.Join(base, "zgoda.db"), test.file); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(base, test.dir); err != nil {
				t.Fatal(err)
			}
			asNobody(t, func() { refuses(t, options(base), test.sentence) })
		})
	}
}
