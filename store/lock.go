package store

import (
	"errors"
	"fmt"
	"os"

	"zgoda/mail"
)

// ErrLocked is the cause when another zgoda works on the same database.
var ErrLocked = errors.New("the lock is held by another process")

// lock keeps a second zgoda from the same database: two would sync twice and,
// worse, send twice. The kernel holds it and gives it back when the process
// ends, however it ends, so that no stale lock can keep anybody out. The lock
// file stays: removing it would let two processes lock two files of one name.
type lock struct{ file *os.File }

func takeLock(path string) (*lock, error) {
	file, err := lockFile(path)
	if errors.Is(err, ErrLocked) {
		return nil, &mail.Problem{
			Sentence: "zgoda is already running on this database.",
			NextStep: "Go to the terminal where it runs, or close it there and start again.",
			Fatal:    true,
			Err:      err,
		}
	}
	if err != nil {
		return nil, fmt.Errorf("take the lock: %w", err)
	}
	return &lock{file: file}, nil
}

func (l *lock) release() error { return l.file.Close() }
