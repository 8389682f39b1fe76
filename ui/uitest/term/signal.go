//go:build unix

package term

import "syscall"

// terminate asks a program to end and restore its terminal.
const terminate = syscall.SIGTERM

// ownSession makes the pseudo-terminal the program's controlling terminal.
func ownSession() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true, Setctty: true} }
