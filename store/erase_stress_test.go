package store_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zgoda/mail"
)

// TestS21_NoByteIsLeftInSplitPages erases people whose rows were moved between
// pages many times before: SQLite copies a row to another page and may leave its
// old bytes in the room that no row uses any more.
func TestS21_NoByteIsLeftInSplitPages(t *testing.T) {
	for _, seed := range []uint64{7} { // before slack.go it left an address behind
		d := newDesk(t)
		random := rand.New(rand.NewPCG(seed, 7))
		var ids []mail.PersonID
		var words []string
		for range 12 {
			for range 60 {
				i := random.IntN(1 << 30)
				email := fmt.Sprintf("%c%c%d@n%d.example", 'a'+i%26, 'a'+i/26%26, i, i%37)
				d.receive(d.came(email, time.Duration(i)*time.Millisecond, func(f *mail.Fetched) {
					f.Message.From.Name, f.Message.Text = strings.Repeat("name ", i%30), strings.Repeat("text ", i%700)
				}))
				if i%3 == 0 {
					ok(d.MakeLead(ctx, d.person(email)))(t)
				}
			}
			word := fmt.Sprintf("mark%dq%d", seed, random.IntN(1<<30))
			email := fmt.Sprintf("%c%s@%s.example", 'a'+random.IntN(26), word, word)
			words = append(words, word)
			id := d.aLead(email)
			d.receive(d.came(email, time.Minute, func(f *mail.Fetched) { f.Message.Text = strings.Repeat(word+" ", random.IntN(900)) }))
			ok(d.SaveDraft(ctx, mail.Draft{Person: id, To: address(email), Text: strings.Repeat(word+" ", random.IntN(300))}))(t)
			ids = append(ids, id)
		}
		for _, i := range random.Perm(len(ids)) {
			ok(d.Erase(ctx, ids[i], "they asked for it"))(t)
		}
		for _, path := range ok(filepath.Glob(filepath.Join(filepath.Dir(d.options.Path), "*")))(t) {
			raw := bytes.ToLower(ok(os.ReadFile(path))(t))
			for _, word := range slices.Compact(words) {
				if n := bytes.Count(raw, []byte(word)); n > 0 {
					at := bytes.Index(raw, []byte(word))
					t.Errorf("seed %d: %s holds a marker %d times, first in page %d at %d: %q", seed, filepath.Base(path), n, at/4096+1, at%4096, raw[max(0, at-60):min(len(raw), at+80)])
				}
			}
		}
	}
}
