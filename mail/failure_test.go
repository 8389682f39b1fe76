package mail

import "testing"

func TestM5_FailureOf(t *testing.T) {
	for want, codes := range map[Failure][]string{
		FailedHard:    {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"},
		FailedSoft:    {"4.0.0", "4.2.2", "4.4.1", "4.7.1", "5.2.2", "5.3.1"},
		FailedMessage: {"5.2.3", "5.3.4", "5.6.0", "5.6.1"},
		FailedPolicy:  {"5.7.1", "5.7.26", "5.7.515"},
		FailedUnknown: {"", "5.0.0", "5.4.1", "5.4.4", "5.1.4", "2.0.0", "5.1", "5.1.1.1", "5.1.x", "5.01.1", "6.1.1", "5.1.-1", "5.1.1 ", "٥.1.1", "5.1.+1"},
	} {
		for _, code := range codes {
			if got := FailureOf(code); got != want {
				t.Errorf("%q is %s, want %s", code, got, want)
			}
		}
	}
}

func FuzzFailureOf(f *testing.F) {
	f.Add("5.1.1")
	f.Add("4.2.2")
	f.Add("5..")
	f.Fuzz(func(t *testing.T, s string) {
		if FailureOf(s) != FailedUnknown && !IsStatus(s) {
			t.Fatalf("%q is sorted and is no code", s)
		}
	})
}
