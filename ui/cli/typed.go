package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
)

// openDB opens the database without servers: commands that list take no lock.
func openDB(ctx context.Context, a *app, readOnly bool) (*store.DB, Config, error) {
	config, err := loadConfig(a.paths.config)
	if err != nil {
		return nil, config, err
	}
	secrets, err := loadKeys(a.paths.key())
	if err != nil {
		return nil, config, err
	}
	db, err := openStore(ctx, a, config, secrets, readOnly)
	return db, config, err
}

// find is the person with an address as it was typed.
func find(ctx context.Context, db *store.DB, typed string) (consent.Lead, error) {
	address, err := mail.ParseAddress(typed)
	if err != nil {
		return consent.Lead{}, &usageError{fmt.Errorf("%q: %w", typed, err)}
	}
	return db.Find(ctx, address)
}

// methodOf knows the ways by which a person reaches us or we them.
func methodOf(how string) (consent.Method, error) {
	var names []string
	for _, m := range consent.Methods() {
		if strings.EqualFold(string(m), strings.TrimSpace(how)) {
			return m, nil
		}
		names = append(names, string(m))
	}
	return "", &usageError{fmt.Errorf("--how is one of: %s", strings.Join(names, ", "))}
}

// dayOrNow reads a day; none is now. A day is over at its end, but today is not
// over yet.
func dayOrNow(day string, now time.Time) (time.Time, error) {
	if day == "" {
		return now, nil
	}
	at, err := time.ParseInLocation(time.DateOnly, day, time.UTC)
	if err != nil {
		return at, &usageError{fmt.Errorf("--date is a day such as %s", now.UTC().Format(time.DateOnly))}
	}
	return at, nil
}
