package intent_test

import (
	"strings"
	"testing"

	"zgoda/consent/intent"
)

// business is a mail as most are: it asks for nothing of ours.
var business = strings.Repeat("Dzień dobry,\n\npiszę w sprawie oferty nr 17. Czy moglibyśmy porozmawiać w przyszłym tygodniu o wdrożeniu? "+
	"The board will meet on Thursday, and until then I would like to have the prices of the second floor as well.\n\nPozdrawiam\nAnna Żuk\n\n", 5)

func BenchmarkReadBusinessMail(b *testing.B) {
	b.SetBytes(int64(len(business)))
	for b.Loop() {
		intent.Read("Re: oferta", business)
	}
}

func BenchmarkReadStop(b *testing.B) {
	for b.Loop() {
		intent.Read("Re: oferta", "Dzień dobry,\n\nproszę mnie wypisać z listy.\n\nAnna Żuk")
	}
}
