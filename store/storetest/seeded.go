package storetest

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"zgoda/store"
)

//go:embed world.go
var worldSource []byte

// Seeded gives the options of a filled database of its own to every caller. The
// first call of a size fills a file in the user's cache directory, which takes
// a minute for [Big]; later ones copy it. A new schema or world is a new file.
func Seeded(tb testing.TB, size Size) store.Options {
	tb.Helper()
	cached, err := cachedWorld(size)
	if err != nil {
		tb.Fatalf("make a filled database: %v", err)
	}
	options := Options(tb.TempDir())
	if err := os.MkdirAll(filepath.Dir(options.Path), 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := copyFile(cached, options.Path); err != nil {
		tb.Fatalf("copy the filled database: %v", err)
	}
	return options
}

func cachedWorld(size Size) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	sum := sha256.Sum256(append(worldSource, store.Schema()...))
	dir := filepath.Join(cache, "zgoda-test", fmt.Sprintf("%d-%d-%d-%d-%x", size.Leads, size.Others, size.Messages, size.Text, sum[:6]))
	path := filepath.Join(dir, "world.db")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	// Filled beside and renamed at the end, so that another test never sees half of it.
	work, err := os.MkdirTemp(dir, "fill-")
	if err != nil {
		return "", err
	}
	err = fillFile(filepath.Join(work, "world.db"), size)
	if err == nil {
		err = os.Rename(filepath.Join(work, "world.db"), path)
	}
	return path, errors.Join(err, os.RemoveAll(work))
}

func fillFile(path string, size Size) error {
	options := Options("")
	options.Path = path
	ctx := context.Background()
	db, err := store.Open(ctx, options)
	if err != nil {
		return err
	}
	// Close writes the log back: the file alone is the whole database then.
	return errors.Join(Fill(ctx, db, size), db.Close())
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return errors.Join(err, in.Close())
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, in.Close(), out.Close())
}
