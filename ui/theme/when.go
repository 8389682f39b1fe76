package theme

import (
	"fmt"
	"time"
)

// Age is how long ago at was, in at most four cells: "now", "12m", "5h", "3d",
// "9w", "2y".
func Age(at, now time.Time) string {
	if at.IsZero() || now.IsZero() {
		return ""
	}
	d := now.Sub(at)
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%dm", int(d.Minutes()))
	case d < 24*time.Hour:
		return fmt.Sprintf("%dh", int(d.Hours()))
	case d < 14*24*time.Hour:
		return fmt.Sprintf("%dd", int(d.Hours()/24))
	case d < 365*24*time.Hour:
		return fmt.Sprintf("%dw", int(d.Hours()/24/7))
	}
	return fmt.Sprintf("%dy", int(d.Hours()/24/365))
}

// Ago is Age in words for a sentence.
func Ago(at, now time.Time) string {
	d := now.Sub(at)
	switch {
	case at.IsZero():
		return "never"
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 24*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	if day := Day(at, now); day == "yesterday" {
		return day
	}
	return "on " + Day(at, now)
}

// Moment is a day and a time as the reader of now's time zone would say it:
// "today 09:30", "yesterday 09:30", "22 Nov 09:30", "22 Nov 2025 09:30".
func Moment(at, now time.Time) string {
	if at.IsZero() {
		return "no date"
	}
	at = at.In(now.Location())
	return Day(at, now) + at.Format(" 15:04")
}

// Day is Moment without the time.
func Day(at, now time.Time) string {
	if at.IsZero() {
		return "no date"
	}
	at = at.In(now.Location())
	y, m, d := now.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
	switch {
	case !at.Before(today) && at.Before(today.AddDate(0, 0, 1)):
		return "today"
	case !at.Before(today.AddDate(0, 0, -1)) && at.Before(today):
		return "yesterday"
	case at.Year() == y:
		return at.Format("2 Jan")
	}
	return at.Format("2 Jan 2006")
}

// Left is how long until at: "8 s", "3 min", "2 h". Never less than nothing.
func Left(at, now time.Time) string {
	d := max(0, at.Sub(now))
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int((d+time.Second-1)/time.Second))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int((d+time.Minute-1)/time.Minute))
	}
	return fmt.Sprintf("%d h", int((d+time.Hour-1)/time.Hour))
}
