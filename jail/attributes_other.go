//go:build !unix

package jail

import "syscall"

func attributes() *syscall.SysProcAttr { return nil }
