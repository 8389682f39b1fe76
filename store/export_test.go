package store

import "context"

// RawSuppressions is what stands in the suppression list, for tests.
func (db *DB) RawSuppressions(ctx context.Context) ([]string, error) {
	var hashes []string
	err := db.view(ctx, func(t *tx) (err error) {
		hashes, err = list[string](ctx, t, `SELECT hash FROM suppressions`)
		return err
	})
	return hashes, err
}

// Exec runs any statement on the writer, for tests of what the schema refuses.
func (db *DB) Exec(ctx context.Context, query string, args ...any) error {
	_, err := db.writer.ExecContext(ctx, query, args...)
	return err
}
