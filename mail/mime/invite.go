package mime

import (
	"bytes"
	"strings"
	"time"
)

// invite tells a simple calendar invitation (RFC 5545, RFC 5546) in a few
// lines: what, when, where, by whom. One that is not simple gives "".
func invite(data []byte) string {
	event, method := calendar(data)
	if event["SUMMARY"] == "" {
		return ""
	}
	title := "Invitation: "
	switch method {
	case "CANCEL":
		title = "Cancelled: "
	case "REPLY":
		title = "Answer to an invitation: "
	}
	lines := []string{title + event["SUMMARY"]}
	if when := period(event["DTSTART"], event["DTEND"]); when != "" {
		lines = append(lines, "When: "+when)
	}
	if event["LOCATION"] != "" {
		lines = append(lines, "Where: "+event["LOCATION"])
	}
	if by := event["ORGANIZER"]; len(by) > 7 && strings.EqualFold(by[:7], "mailto:") {
		lines = append(lines, "From: "+by[7:])
	}
	for i, line := range lines {
		lines[i] = clip(Safe(line), 300)
	}
	return strings.Join(lines, "\n")
}

// calendar reads the properties of the first event, and the method.
func calendar(data []byte) (event map[string]string, method string) {
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\n "), nil) // unfolding, section 3.1
	data = bytes.ReplaceAll(data, []byte("\n\t"), nil)
	event = map[string]string{}
	inside := false
	for line := range strings.Lines(toUTF8(data, "")) {
		name, value, ok := cutProperty(strings.TrimRight(line, "\r\n"))
		switch {
		case !ok:
		case name == "METHOD":
			method = strings.ToUpper(value)
		case name == "BEGIN":
			inside = value == "VEVENT"
		case name == "END" && value == "VEVENT":
			return event, method
		case inside && event[name] == "" && len(event) < 100:
			event[name] = value
		}
	}
	return event, method
}

// cutProperty is "NAME;PARAM=…:value"; a colon inside quotes is not the one.
// A time zone is kept behind the value of a time.
func cutProperty(line string) (name, value string, ok bool) {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case line[i] == ':' && !quoted:
			head, list, _ := strings.Cut(line[:i], ";")
			value = strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(line[i+1:])
			if _, zone, ok := strings.Cut(strings.ToUpper(list), "TZID="); ok && strings.HasPrefix(head, "DT") {
				zone = list[len(list)-len(zone):]
				zone, _, _ = strings.Cut(zone, ";")
				value += " " + strings.Trim(zone, `"`)
			}
			return strings.ToUpper(head), value, true
		}
	}
	return "", "", false
}

// period says a start and an end, the zone as the mail names it: zgoda does not
// guess what a foreign zone name means.
func period(start, end string) string {
	from, zone, day, ok := moment(start)
	if !ok {
		return ""
	}
	if day {
		return from.Format("2006-01-02")
	}
	text := from.Format("2006-01-02 15:04")
	if to, _, day, ok := moment(end); ok && !day {
		if to.Format("2006-01-02") == from.Format("2006-01-02") {
			text += "–" + to.Format("15:04")
		} else {
			text += " – " + to.Format("2006-01-02 15:04")
		}
	}
	return strings.TrimSpace(text + " " + zone)
}

// moment reads 20261124T100000Z, 20261124T100000 with a zone behind, or 20261124.
func moment(s string) (t time.Time, zone string, day, ok bool) {
	s, zone, _ = strings.Cut(strings.TrimSpace(s), " ")
	if utc, found := strings.CutSuffix(s, "Z"); found {
		s, zone = utc, "UTC"
	}
	if t, err := time.Parse("20060102T150405", s); err == nil {
		return t, zone, false, true
	}
	t, err := time.Parse("20060102", s)
	return t, zone, true, err == nil
}
