package consent

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/us"
)

// holidays is the national days of rest of a country. Of those that are not
// listed, and of regions, we know none: a term then ends earlier, never later.
func holidays(country string) []*cal.Holiday {
	switch country {
	case "AT":
		return at.Holidays
	case "BE":
		return be.Holidays
	case "BG":
		return bg.Holidays
	case "CA":
		return ca.Holidays
	case "CH":
		return ch.Holidays
	case "CZ":
		return cz.Holidays
	case "DE":
		return de.Holidays
	case "DK":
		return dk.Holidays
	case "ES":
		return es.Holidays
	case "FR":
		return fr.Holidays
	case "GB":
		return gb.Holidays
	case "GR":
		return gr.Holidays
	case "HR":
		return hr.Holidays
	case "IE":
		return ie.Holidays
	case "IT":
		return it.Holidays
	}
	return moreHolidays(country)
}

func moreHolidays(country string) []*cal.Holiday {
	switch country {
	case "LT":
		return lt.Holidays
	case "LV":
		return lv.Holidays
	case "NL":
		return nl.Holidays
	case "NO":
		return no.Holidays
	case "PL":
		return pl.Holidays
	case "RO":
		return ro.Holidays
	case "SE":
		return se.Holidays
	case "SI":
		return si.Holidays
	case "SK":
		return sk.Holidays
	case "US":
		return us.Holidays
	}
	return nil
}

// longestRest bounds the search for a working day: no country rests longer.
const longestRest = 14

// workday is the first working day from t on, at the same time of day: a term
// that ends on a Saturday, a Sunday or a public holiday runs on until then
// (Regulation 1182/71 Art. 3(4)). The law lets it run to the end of that day;
// keeping the time of day is at most the stricter by hours.
func workday(t time.Time, country string) time.Time {
	var calendar cal.Calendar
	for _, h := range holidays(country) {
		if h.Type == cal.ObservancePublic || h.Type == cal.ObservanceBank {
			calendar.AddHoliday(h)
		}
	}
	for range longestRest {
		_, rest, _ := calendar.IsHoliday(t)
		if day := t.Weekday(); !rest && day != time.Saturday && day != time.Sunday {
			break
		}
		t = t.AddDate(0, 0, 1)
	}
	return t
}

// sameDayLater is the same day some months later, or that month's last day
// (Regulation 1182/71 Art. 3(2)(c); law.md D2).
func sameDayLater(t time.Time, months int) time.Time {
	later := t.AddDate(0, months, 0)
	if later.Day() != t.Day() {
		later = later.AddDate(0, 0, -later.Day())
	}
	return later
}
