//go:build unix

package s3child

import (
	"os/exec"
	"syscall"
)

// detach gives the child a process group of its own: an interrupt typed at the terminal reaches the parent,
// which stops the child when it no longer needs it.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
