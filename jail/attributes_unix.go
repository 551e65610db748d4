//go:build unix

package jail

import "syscall"

// attributes give a child a process group of its own: an interrupt typed at the terminal is its parent's affair.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
