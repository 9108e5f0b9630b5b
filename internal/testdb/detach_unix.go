//go:build unix

package testdb

import (
	"os/exec"
	"syscall"
)

// detach puts the command into a process group of its own, so that an
// interrupt from the keyboard does not end it before it has cleaned up.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
