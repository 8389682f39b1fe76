package cli

import (
	"errors"
	"strings"
	"testing"

	"zgoda/consent"
	"zgoda/mail"
)

// TestD1_ConfiguredPeriodsOnlyShorten: a company may keep for less time, not for more.
func TestD1_ConfiguredPeriodsOnlyShorten(t *testing.T) {
	for _, tc := range []struct {
		config retentionConfig
		want   consent.Periods
		says   string
	}{
		{retentionConfig{}, consent.DefaultPeriods(), ""},
		{retentionConfig{Cold: 3}, consent.Periods{Cold: 3, Dialogue: 24}, ""},
		{retentionConfig{Dialogue: 12}, consent.Periods{Cold: 6, Dialogue: 12}, ""},
		{retentionConfig{Cold: 7}, consent.Periods{Cold: 7, Dialogue: 24}, "cold_months"},
		{retentionConfig{Cold: -1}, consent.Periods{Cold: -1, Dialogue: 24}, "cold_months"},
		{retentionConfig{Dialogue: 25}, consent.Periods{Cold: 6, Dialogue: 25}, "dialogue_months"},
	} {
		if got := tc.config.periods(); got != tc.want {
			t.Errorf("%+v: periods %+v, want %+v", tc.config, got, tc.want)
		}
		err := tc.config.check()
		var told *mail.Problem
		if tc.says == "" && err != nil || tc.says != "" && (!errors.As(err, &told) || !strings.Contains(told.Sentence, tc.says)) {
			t.Errorf("%+v: %v", tc.config, err)
		}
	}
}
