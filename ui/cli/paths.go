package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"zgoda/mail"
)

// paths is where zgoda keeps its files: each directory 0700, each file 0600.
type paths struct {
	config string // the TOML file
	data   string // directory of the database and its key
	state  string // directory of the log, the anchored heads and the journal of erasures
}

func (p paths) database() string { return filepath.Join(p.data, "zgoda.db") }
func (p paths) key() string      { return filepath.Join(p.data, "zgoda.key") }
func (p paths) log() string      { return filepath.Join(p.state, "zgoda.log") }
func (p paths) heads() string    { return filepath.Join(p.state, "heads.log") }
func (p paths) journal() string  { return filepath.Join(p.state, "erasures.jsonl") }
func (p paths) templates() string {
	return filepath.Join(filepath.Dir(p.config), "templates")
}

// findPaths follows the XDG base directory specification. An environment with
// neither HOME nor the XDG variables has no place for files, and is told so.
func findPaths(getenv func(string) string) (paths, error) {
	home := getenv("HOME")
	place := func(variable string, fallback ...string) (string, error) {
		if dir := getenv(variable); filepath.IsAbs(dir) {
			return filepath.Join(dir, "zgoda"), nil
		}
		if home == "" {
			return "", &mail.Problem{
				Sentence: "There is no home directory to keep files in.",
				NextStep: "Set HOME, or XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_STATE_HOME.",
			}
		}
		return filepath.Join(append(append([]string{home}, fallback...), "zgoda")...), nil
	}
	config, err := place("XDG_CONFIG_HOME", ".config")
	if err != nil {
		return paths{}, err
	}
	data, err := place("XDG_DATA_HOME", ".local", "share")
	if err != nil {
		return paths{}, err
	}
	state, err := place("XDG_STATE_HOME", ".local", "state")
	if err != nil {
		return paths{}, err
	}
	return paths{config: filepath.Join(config, "config.toml"), data: data, state: state}, nil
}

// underDir puts everything below one directory: for the demo and for tests.
func underDir(dir string) paths {
	return paths{
		config: filepath.Join(dir, "config", "config.toml"),
		data:   filepath.Join(dir, "data"),
		state:  filepath.Join(dir, "state"),
	}
}

// make creates the data and state directories, closed to others.
func (p paths) make() error {
	for _, dir := range []string{p.data, p.state} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return &mail.Problem{
				Sentence: "The data directory cannot be made.",
				NextStep: "Check that the disk is writable and not full, then start again.",
				Err:      fmt.Errorf("make %s: %w", dir, err),
			}
		}
	}
	return nil
}

// checkPrivate refuses a file or directory that others may read or write.
func checkPrivate(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	want := "600"
	if info.IsDir() {
		want = "700"
	}
	return &mail.Problem{
		Sentence: fmt.Sprintf("%s can be read by others on this machine.", path),
		NextStep: fmt.Sprintf("Run: chmod %s %q", want, path),
		Fatal:    true,
	}
}
