package intake

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Why a date is none.
var (
	errNoDate   = errors.New("the date cannot be read: write it as year-month-day")
	errTwoDates = errors.New("the date can be read in two ways: write it as year-month-day")
)

var (
	isoDate    = regexp.MustCompile(`^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?$`)
	dottedDate = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
	slashDate  = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$`)
)

// ParseDate reads a day as people in Europe and machines write it, in the zone of
// zone. With slashes 3/4/2026 may be the third of April or the fourth of March,
// and is refused: the term of the notice begins on that day.
func ParseDate(text string, zone *time.Location) (time.Time, error) {
	text = strings.TrimSpace(text)
	if m := isoDate.FindStringSubmatch(text); m != nil {
		return dayOf(m[1], m[2], m[3], zone)
	}
	if m := dottedDate.FindStringSubmatch(text); m != nil {
		return dayOf(m[3], m[2], m[1], zone)
	}
	m := slashDate.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, errNoDate
	}
	european, err := dayOf(m[3], m[2], m[1], zone)
	american, other := dayOf(m[3], m[1], m[2], zone)
	switch {
	case err == nil && other == nil && !european.Equal(american):
		return time.Time{}, errTwoDates
	case err == nil:
		return european, nil
	}
	return american, other
}

func dayOf(year, month, day string, zone *time.Location) (time.Time, error) {
	y, _ := strconv.Atoi(year) // the pattern lets digits through only
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, zone)
	if y < 1990 || t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return time.Time{}, errNoDate
	}
	return t, nil
}
