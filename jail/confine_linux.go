package jail

import (
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// confine takes from this process what a function doesn't need, for good. It returns the locks that didn't close.
func confine(lack []string) (lacking []string) {
	bound()
	if slices.Contains(lack, "limits") || limit() != nil {
		lacking = append(lacking, "resource limits")
	}
	if abi, err := ll.LandlockGetABIVersion(); err != nil || abi < 1 || slices.Contains(lack, "landlock") || landlock.V5.BestEffort().Restrict() != nil {
		lacking = append(lacking, "landlock")
	}
	if slices.Contains(lack, "seccomp") || !seccomp.Supported() || filter() != nil {
		lacking = append(lacking, "seccomp")
	}
	return lacking
}

// limit sets the kernel's limits. (That of processes counts every thread of the user's, the worker's too: the list of
// system calls does its work.)
func limit() error {
	for _, l := range []struct {
		what int
		most uint64
	}{
		{unix.RLIMIT_DATA, data() + MaxMemory}, {unix.RLIMIT_CPU, MaxCPU}, {unix.RLIMIT_FSIZE, 0}, {unix.RLIMIT_CORE, 0}, {unix.RLIMIT_NOFILE, MaxFiles},
	} {
		if err := unix.Setrlimit(l.what, &unix.Rlimit{Cur: l.most, Max: l.most}); err != nil {
			return err
		}
	}
	return nil
}

// data is how much this process may write to already.
func data() uint64 {
	text, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(text), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmData:"); ok {
			kb, _ := strconv.ParseUint(strings.Fields(rest)[0], 10, 64)
			return kb << 10
		}
	}
	return 0
}

// calls are what the Go runtime needs to compute, to read its pipes and to end.
var calls = []string{
	"read", "write", "close", "futex", "nanosleep", "clock_nanosleep", "clock_gettime", "gettimeofday", "getrandom", "restart_syscall",
	"mmap", "munmap", "mprotect", "mremap", "madvise", "brk", "mincore", "membarrier",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "gettid", "getpid", "sched_yield", "sched_getaffinity", "rseq", "set_robust_list",
	"epoll_create1", "epoll_ctl", "epoll_pwait", "eventfd2", "fcntl", "exit", "exit_group",
}

// filter lets through calls, threads of this process, and signals to it. Every other call fails; clone3 says that it isn't there, so that
// the C library starts threads by clone.
func filter() error {
	if runtime.GOARCH == "amd64" {
		calls = append(calls, "epoll_wait", "arch_prctl")
	}
	only := func(name string, op seccomp.Operation, v uint64) seccomp.NameWithConditions {
		return seccomp.NameWithConditions{Name: name, Conditions: seccomp.ArgumentConditions{{Argument: 0, Operation: op, Value: v}}}
	}
	return seccomp.LoadFilter(seccomp.Filter{NoNewPrivs: true, Flag: seccomp.FilterFlagTSync, Policy: seccomp.Policy{
		DefaultAction: seccomp.ActionErrno,
		Syscalls: []seccomp.SyscallGroup{
			{Action: seccomp.ActionAllow, Names: calls, NamesWithCondtions: []seccomp.NameWithConditions{
				only("clone", seccomp.BitsSet, unix.CLONE_THREAD), only("tgkill", seccomp.Equal, uint64(os.Getpid())),
			}},
			{Action: seccomp.ActionErrno | seccomp.Action(unix.ENOSYS), Names: []string{"clone3"}},
		},
	}})
}
