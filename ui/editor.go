package ui

import (
	"os"
	"os/exec"
	"strings"

	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
	"zgoda/ui/event"
)

// editorMost bounds what is read back from an editor, octets.
const editorMost = 1 << 20

// openEditor gives the text to $VISUAL or $EDITOR in a file that only the rep
// can read, in a directory that only the rep can read; it is gone afterwards.
func (m *Model) openEditor(w event.OpenEditor) tea.Cmd {
	dir := m.opts.EditorDir
	return func() tea.Msg {
		path, err := writeForEditor(dir, w.Text)
		if err != nil {
			return event.EditorClosed{Err: err}
		}
		words := editorWords(os.Getenv)
		process := exec.Command(words[0], append(words[1:], path)...)
		return tea.ExecProcess(process, func(err error) tea.Msg { return readFromEditor(path, err) })()
	}
}

// editorWords is the command the rep chose, as words. No shell is asked.
func editorWords(getenv func(string) string) []string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(getenv(name)); len(words) > 0 {
			return words
		}
	}
	return []string{"vi"}
}

// writeForEditor writes the text where only the rep can read it.
func writeForEditor(dir, text string) (string, error) {
	if dir == "" {
		dir = os.TempDir()
	}
	file, err := os.CreateTemp(dir, "zgoda-*.txt") // 0600
	if err != nil {
		return "", editorProblem("There is no place for the text of the editor.", "See whether the disk is full.", err)
	}
	_, err = file.WriteString(text)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = os.Remove(file.Name())
		return "", editorProblem("The text could not be written for the editor.", "See whether the disk is full.", err)
	}
	return file.Name(), nil
}

// readFromEditor reads the text back and removes the file, whatever happened.
func readFromEditor(path string, err error) tea.Msg {
	defer func() { _ = os.Remove(path) }() // the directory is the rep's own
	if err != nil {
		return event.EditorClosed{Err: editorProblem("The editor ended with an error; the text is as it was.", "Set EDITOR to a program that runs in the terminal.", err)}
	}
	info, err := os.Stat(path)
	if err == nil && info.Size() > editorMost {
		return event.EditorClosed{Err: editorProblem("The text is too long for a mail.", "Keep it under 1 MB.", nil)}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return event.EditorClosed{Err: editorProblem("The text of the editor is gone; the mail is as it was.", "Save the file under its own name.", err)}
	}
	return event.EditorClosed{Text: strings.TrimRight(string(text), "\n")}
}

func editorProblem(sentence, next string, err error) error {
	return &mail.Problem{Sentence: sentence, NextStep: next, Err: err}
}
