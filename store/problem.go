package store

import (
	"context"
	"errors"
	"io/fs"

	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"zgoda/mail"
)

// ErrReadOnly is the cause of a write to a database opened with Options.ReadOnly.
var ErrReadOnly = errors.New("the database is open for reading only")

// problem gives an error of the driver or the file system its sentence. It
// looks at codes and never at texts. An error that has a sentence, that came
// from the caller's context, or that nobody can do anything about stays as it is.
func problem(ctx context.Context, err error) error {
	var told *mail.Problem
	if err == nil || errors.As(err, &told) {
		return err
	}
	if cause := ctx.Err(); cause != nil && !errors.Is(err, cause) && code(err) == codes.SQLITE_INTERRUPT {
		return errors.Join(cause, err)
	}
	sentence, step, fatal := say(err)
	if sentence == "" {
		return err
	}
	return &mail.Problem{Sentence: sentence, NextStep: step, Fatal: fatal, Err: err}
}

// code is the driver's primary result code, 0 when err is not the driver's.
func code(err error) int {
	var driver *sqlite.Error
	if !errors.As(err, &driver) {
		return codes.SQLITE_OK
	}
	return driver.Code() & 0xff
}

func say(err error) (sentence, step string, fatal bool) {
	switch code(err) {
	case codes.SQLITE_FULL:
		return "The disk is full; nothing was lost, but nothing more can be saved.", "Free some space and try again.", false
	case codes.SQLITE_READONLY, codes.SQLITE_PERM:
		return "The database cannot be written.", "Make the data directory and the files in it writable for you, then start again.", true
	case codes.SQLITE_CANTOPEN:
		return "The database cannot be opened.", "Check that the data directory exists and that you may write in it.", true
	case codes.SQLITE_NOTADB:
		return "The file is not a zgoda database.", "Move it out of the data directory, or name another one in the configuration.", true
	case codes.SQLITE_CORRUPT:
		return "The database is damaged.", "Keep the file, put a backup in its place, and start again.", true
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return "Another program is using the database.", "Close it and try again.", false
	case codes.SQLITE_IOERR:
		return "The disk does not answer as it should.", "Check the disk and its free space, then try again.", false
	}
	switch {
	case errors.Is(err, ErrReadOnly):
		return "This command only reads.", "Use zgoda itself to change something.", true
	case errors.Is(err, fs.ErrPermission):
		return "zgoda may not write in its data directory.", "Make the data directory and the files in it writable for you, then start again.", true
	}
	return "", "", false
}
