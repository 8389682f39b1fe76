package mime

import (
	"strings"
	"time"
)

// dateForms is RFC 5322 section 3.3, its obsolete forms, and what real mailers
// write. The weekday and comments are cut off before.
var dateForms = []string{
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04 -0700",
	"2 Jan 06 15:04:05 -0700",
	"2 Jan 06 15:04 -0700",
	"2 Jan 2006 15:04:05 -07:00",
	"2 Jan 2006 15:04:05",
	"2-Jan-2006 15:04:05 -0700",
	"2 January 2006 15:04:05 -0700",
	"Jan 2 15:04:05 2006 -0700",
	"Jan 2 15:04:05 2006",
	time.RFC3339,
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05",
}

// zones is the names that RFC 5322 section 4.3 knows, and the ones that people
// in Europe meet. Any other name is +0000, as that section says.
var zones = map[string]string{
	"UT": "+0000", "UTC": "+0000", "GMT": "+0000", "Z": "+0000",
	"EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500",
	"MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
	"WET": "+0000", "WEST": "+0100", "BST": "+0100", "CET": "+0100", "CEST": "+0200",
	"MET": "+0100", "MEST": "+0200", "EET": "+0200", "EEST": "+0300", "MSK": "+0300",
}

// parseDate reads a Date header. It gives UTC, and the zero time for what is
// no date or lies outside the years 1970 to 2200.
func parseDate(raw string) time.Time {
	raw, _ = cutComment(raw)
	words := strings.Fields(raw)
	if len(words) > 0 && !strings.ContainsAny(words[0], "0123456789") && len(words) > 2 {
		if strings.HasSuffix(words[0], ",") || len(words[0]) == 3 && len(words) > 4 && !month(words[0]) {
			words = words[1:] // the weekday
		}
	} else if len(words) > 0 {
		if day, rest, ok := strings.Cut(words[0], ","); ok && rest != "" && !strings.ContainsAny(day, "0123456789") {
			words[0] = rest // "Tue,24 Nov …"
		}
	}
	if n := len(words); n > 1 {
		if last := words[n-1]; last[0] >= 'A' && last[0] <= 'z' {
			zone, ok := zones[strings.ToUpper(last)]
			if !ok {
				zone = "+0000"
			}
			words[n-1] = zone
		} else if offset, ok := strings.CutPrefix(last, "GMT"); ok {
			words[n-1] = offset
		}
	}
	text := strings.Join(words, " ")
	for _, form := range dateForms {
		if t, err := time.Parse(form, text); err == nil {
			if t.Year() < 1970 || t.Year() > 2200 {
				return time.Time{}
			}
			return t.UTC()
		}
	}
	return time.Time{}
}

func month(s string) bool {
	_, err := time.Parse("Jan", s)
	return err == nil
}
