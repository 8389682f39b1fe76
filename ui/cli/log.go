package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
)

// logLimit is the size in octets at which the log starts anew; one old log is kept.
const logLimit = 4 << 20

// openLog opens the log of this machine, 0600. It holds what zgoda did and what
// went wrong, never a name, an address, a secret or a line of mail.
func openLog(path string) (*slog.Logger, io.Closer, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		if err := os.Rename(path, path+".old"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("turn the log over: %w", err)
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open the log: %w", err)
	}
	return slog.New(slog.NewJSONHandler(file, nil)), file, nil
}
