package template

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed shipped/*.md
var shippedFiles embed.FS

// Shipped is the templates that come with zgoda, by name and language. A test
// fills every one of them, so none can be broken in a build.
func Shipped() []Template {
	templates, _ := read(shippedFiles, "shipped")
	return templates
}

// Load is the shipped templates and the user's own from dir (files ending in
// .md). One of the user's with the name and language of a shipped one takes its
// place. A dir that is not there is none. A broken file is an *Error in the
// returned error, and the others are given all the same.
func Load(dir string) ([]Template, error) {
	templates := Shipped()
	if dir == "" {
		return templates, nil
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return templates, nil
	}
	own, err := read(os.DirFS(dir), ".")
	for _, t := range own {
		same := func(s Template) bool { return s.Name == t.Name && s.Language == t.Language }
		templates = append(slices.DeleteFunc(templates, same), t)
	}
	sorted(templates)
	return templates, err
}

func read(files fs.FS, dir string) ([]Template, error) {
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		return nil, fmt.Errorf("read the templates: %w", err)
	}
	var templates []Template
	var broken []error
	for _, entry := range entries {
		if entry.IsDir() || filepath.Ext(entry.Name()) != ".md" {
			continue
		}
		t, err := readOne(files, dir, entry)
		if err != nil {
			broken = append(broken, err)
			continue
		}
		templates = append(templates, t)
	}
	sorted(templates)
	return templates, errors.Join(broken...)
}

func readOne(files fs.FS, dir string, entry fs.DirEntry) (Template, error) {
	info, err := entry.Info()
	if err != nil || !info.Mode().IsRegular() {
		return Template{}, wrong(0, 0, "Put the file itself there.", "It is not an ordinary file.").in(entry.Name())
	}
	if info.Size() > maxSource {
		return Template{}, wrong(0, 0, "Make the template shorter.", "The template is longer than %d KiB.", maxSource>>10).in(entry.Name())
	}
	source, err := fs.ReadFile(files, strings.TrimPrefix(dir+"/"+entry.Name(), "./"))
	if err != nil {
		bad := wrong(0, 0, "Look at the file's permissions.", "It cannot be read.").in(entry.Name())
		bad.Err = err
		return Template{}, bad
	}
	t, err := Parse(string(source))
	if bad, ok := errors.AsType[*Error](err); ok {
		return Template{}, bad.in(entry.Name())
	}
	return t, err
}

// sorted orders by the way a rep meets people: the shipped names first, as they
// follow each other in a conversation, then the user's own by name.
func sorted(templates []Template) {
	order := []string{"first-contact", "reply", "follow-up"}
	rank := func(t Template) int {
		if i := slices.Index(order, t.Name); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(templates, func(a, b Template) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a.Name+"\x00"+a.Language, b.Name+"\x00"+b.Language)
	})
}
