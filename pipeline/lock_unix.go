//go:build unix

package pipeline

import (
	"os"
	"syscall"
)

// held takes a file for this process until it is closed, or fails if another one has it.
func held(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
