package mime

import (
	"os"
	"path/filepath"
	"testing"
)

// seeds is every mail of the golden corpus.
func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
}

// FuzzParse: whatever the bytes are, the message is safe, and it says nothing
// of a fault of ours.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		m := Parse(raw)
		mustBeSafe(t, m)
		mustBeSafe(t, ParseHeader(raw))
		for _, note := range m.Notes {
			if note == panicked {
				t.Error("the parser panicked")
			}
		}
		if m.Kind == "" || !m.Whole {
			t.Errorf("kind %q, whole %v", m.Kind, m.Whole)
		}
	})
}

func FuzzHTMLText(f *testing.F) {
	for _, s := range []string{"", "<p>Zażółć", "<table><tr><td>a<td>b</table>", "<ul><li>a<ol><li>b", "<a href=https://a.example/?url=https://b.example>x</a>",
		"<div style='display:none'>x</div>y", "&#27;]52;c;QQ==&#7;", "<pre>\na\n b</pre>", "<blockquote><p>a<p>b</blockquote>c", "<img src=//t.example/x width=1 height=1>",
		"</td></tr></table>", "<tr><td><table><td>", "<![if !mso]>x<![endif]>", "<!--x-->y", "<plaintext>x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, trackers := HTMLText(s)
		if why := unsafeIn(text, true); why != "" {
			t.Errorf("HTMLText(%q) = %q: %s", s, text, why)
		}
		if len(text) > maxText+maxText/4 || len(trackers) > maxTrackers {
			t.Errorf("%d octets, %d trackers", len(text), len(trackers))
		}
		for _, tr := range trackers {
			if why := unsafeIn(tr.Host, false); why != "" || tr.Host == "" {
				t.Errorf("tracker %q: %s", tr.Host, why)
			}
		}
	})
}
