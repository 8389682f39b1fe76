package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// SQLite zeroes what it deletes (secure_delete), but not what it moves: when a
// page is split, the old bytes of rows that went to the new page may stay in the
// room between the cell pointers and the cells, where nothing is. Measured: one
// erased address in some 240 was still readable there. So every page is looked at
// after an erasure, and that room is zeroed. It belongs to no row, and SQLite
// reads nothing from it (file format, sections 1.6 and 1.7).

// The kinds of b-tree pages. Every other page begins with a page number, whose
// first byte is zero below 2^24 pages.
const (
	pageInnerIndex = 2
	pageInnerTable = 5
	pageLeafIndex  = 10
	pageLeafTable  = 13

	fileHeader = 100     // octets in page 1 before its b-tree header
	mostPages  = 1 << 24 // 64 GB at 4 KB
)

var errOddPage = errors.New("a page of the database is not as it should be")

// slack calls each for every stretch of a page that belongs to no row; page 1 is first.
func slack(page []byte, usable int, first bool, each func(part []byte)) error {
	at := 0
	if first {
		at = fileHeader
	}
	pointers := at + 8
	switch page[at] {
	case pageInnerIndex, pageInnerTable:
		pointers = at + 12
	case pageLeafIndex, pageLeafTable:
	default:
		return nil
	}
	from := pointers + 2*int(binary.BigEndian.Uint16(page[at+3:]))
	to := int(binary.BigEndian.Uint16(page[at+5:]))
	if to == 0 {
		to = 1 << 16
	}
	if from > to || to > usable {
		return errOddPage
	}
	each(page[from:to:to])
	// Freed cells form a chain; each names the next and its own size.
	for free, n := int(binary.BigEndian.Uint16(page[at+1:])), 0; free != 0; n++ {
		if free < to || free+4 > usable || n > usable/4 {
			return errOddPage
		}
		end := free + int(binary.BigEndian.Uint16(page[free+2:]))
		if end < free+4 || end > usable {
			return errOddPage
		}
		each(page[free+4 : end : end])
		free = int(binary.BigEndian.Uint16(page[free:]))
	}
	return nil
}

func clean(part []byte) bool { return len(bytes.TrimLeft(part, "\x00")) == 0 }

// layout is what the file says of its pages.
type layout struct{ size, usable int }

func layoutOf(file io.ReaderAt) (layout, error) {
	var head [fileHeader]byte
	if _, err := file.ReadAt(head[:], 0); err != nil {
		return layout{}, fmt.Errorf("read the head of the database: %w", err)
	}
	size := int(binary.BigEndian.Uint16(head[16:]))
	if size == 1 {
		size = 1 << 16
	}
	l := layout{size, size - int(head[20])}
	if size < 512 || l.usable < 480 {
		return layout{}, errOddPage
	}
	return l, nil
}

// readAhead is how many octets of the file are read at once.
const readAhead = 1 << 20

// uncleaned is what a look at every page found.
type uncleaned struct {
	pages []int64 // those that hold old bytes where no row is
	odd   int     // how many could not be understood
}

// unclean looks at every page. It reads the file itself, for SQLite would take
// eight times as long for it.
func unclean(ctx context.Context, file io.ReaderAt) (found uncleaned, err error) {
	l, err := layoutOf(file)
	if err != nil {
		return found, err
	}
	buffer := make([]byte, max(readAhead, l.size))
	for number := int64(1); number < mostPages; {
		if ctx.Err() != nil {
			return found, context.Cause(ctx)
		}
		n, err := file.ReadAt(buffer, (number-1)*int64(l.size))
		if err != nil && !errors.Is(err, io.EOF) {
			return found, fmt.Errorf("read the database: %w", err)
		}
		for part := buffer[:n]; len(part) >= l.size; part = part[l.size:] {
			dirty := false
			if err := slack(part[:l.size], l.usable, number == 1, func(part []byte) { dirty = dirty || !clean(part) }); err != nil {
				found.odd++
			}
			if dirty {
				found.pages = append(found.pages, number)
			}
			number++
		}
		if n < len(buffer) {
			return found, nil
		}
	}
	return found, errOddPage
}

const (
	sqlPage     = `SELECT data FROM sqlite_dbpage WHERE pgno = $1`
	sqlPageSave = `UPDATE sqlite_dbpage SET data = $1 WHERE pgno = $2`
)

// scrubBatch is how many pages are zeroed in one transaction.
const scrubBatch = 2000

// scrub zeroes the slack of these pages. It goes through SQLite, in transactions
// like any other, on a connection that may write pages; nothing else ever has one.
func (db *DB) scrub(ctx context.Context, pages []int64) (err error) {
	writer, err := pool(ctx, dsnScrub(db.options.Path), 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, writer.Close()) }()
	l, err := layoutOf(db.file)
	if err != nil {
		return err
	}
	for len(pages) > 0 {
		part := pages[:min(len(pages), scrubBatch)]
		pages = pages[len(part):]
		err := db.run(ctx, writer, nil, func(t *tx) error {
			for _, number := range part {
				if err := t.scrubPage(ctx, number, l); err != nil {
					return fmt.Errorf("zero the slack of a page: %w", err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) scrubPage(ctx context.Context, number int64, l layout) error {
	var page []byte
	if err := t.row(ctx, sqlPage, []any{number}, &page); err != nil {
		return err
	}
	if len(page) != l.size {
		return errOddPage
	}
	dirty := false
	err := slack(page, l.usable, number == 1, func(part []byte) {
		dirty = dirty || !clean(part)
		clear(part)
	})
	if err != nil || !dirty {
		return err
	}
	_, err = t.exec(ctx, sqlPageSave, page, number)
	return err
}

// openFile opens the database file for unclean. It must not be closed before
// SQLite has closed it: closing drops the locks of the whole process.
func openFile(path string) (*os.File, error) { return os.Open(path) }
