//go:build !darwin && !dragonfly && !freebsd && !linux && !netbsd && !openbsd && !windows

package store

import (
	"errors"
	"os"
)

// lockFile refuses: without a lock that the kernel holds, two could send twice.
func lockFile(string) (*os.File, error) {
	return nil, errors.New("this system has no lock that zgoda can use")
}
