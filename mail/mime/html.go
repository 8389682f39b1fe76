package mime

import "zgoda/mail"

// HTMLText is being written.
func HTMLText(html string) (text string, trackers []mail.Tracker) {
	return SafeText(html), nil
}
