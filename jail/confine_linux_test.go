package jail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// probeName and parentName are what this test program is called as when it tries the locks from inside, and when it is a worker that dies.
const (
	probeName  = "weir-jail-probe"
	parentName = "weir-jail-parent"
)

// probes do what no Go function can say: they are what is left if the interpreter itself is talked into something.
var probes = map[string]func() error{
	"read /etc/passwd":        func() error { _, err := os.ReadFile("/etc/passwd"); return err },
	"read /proc/self/environ": func() error { _, err := os.ReadFile("/proc/self/environ"); return err },
	"list /":                  func() error { _, err := os.ReadDir("/"); return err },
	"write a file":            func() error { return os.WriteFile("/tmp/weir-jail-probe", nil, 0o600) },
	"make a socket":           func() error { _, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0); return err },
	"make a local socket":     func() error { _, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0); return err },
	"dial":                    func() error { _, err := net.Dial("tcp", "127.0.0.1:1"); return permitted(err) },
	"start a process":         func() error { _, err := os.StartProcess("/bin/true", nil, &os.ProcAttr{}); return err },
	"exec":                    func() error { return syscall.Exec("/bin/true", []string{"true"}, nil) },
	"fork": func() error {
		_, _, e := syscall.RawSyscall(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0)
		return errno(e)
	},
	"signal its parent": func() error { return syscall.Kill(os.Getppid(), 0) },
	"trace its parent":  func() error { return unix.PtraceAttach(os.Getppid()) },
	"read its parent's memory": func() error {
		b := make([]byte, 8)
		_, err := unix.ProcessVMReadv(os.Getppid(), []unix.Iovec{{Base: &b[0], Len: 8}}, []unix.RemoteIovec{{Base: 4096, Len: 8}}, 0)
		return err
	},
	"make a namespace": func() error { return unix.Unshare(unix.CLONE_NEWUSER) },
	"raise its limits": func() error {
		return unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: unix.RLIM_INFINITY, Max: unix.RLIM_INFINITY})
	},
	"make memory files": func() error { _, err := unix.MemfdCreate("x", 0); return err },
	"load a module":     func() error { return unix.InitModule([]byte("x"), "") },
	"use io_uring":      func() error { _, _, e := syscall.RawSyscall(425, 1, 0, 0); return errno(e) },
	"duplicate files":   func() error { _, err := unix.Dup(0); return err },
}

func errno(e syscall.Errno) error {
	if e == 0 {
		return nil
	}
	return e
}

// permitted is the part of an error that a lock gives: that nobody listens is no lock.
func permitted(err error) error {
	if errors.Is(err, unix.ECONNREFUSED) {
		return nil
	}
	return err
}

func init() {
	switch os.Args[0] {
	case probeName:
		var lack []string
		if os.Args[2] != "" {
			lack = []string{os.Args[2]}
		}
		confine(lack)
		if err := probes[os.Args[1]](); err != nil {
			fmt.Println("refused:", err)
		} else {
			fmt.Println("done")
		}
		os.Exit(0)
	case parentName:
		p := NewPool(Options{})
		go func() {
			_, _ = p.Call(context.Background(), "func Run(input map[string]any) (any, error) { for {} }", []byte(`{}`))
		}()
		for len(childrenOf(os.Getpid())) == 0 {
			time.Sleep(time.Millisecond)
		}
		fmt.Println(childrenOf(os.Getpid())[0])
		select {}
	}
}

func probe(t *testing.T, name, lack string) string {
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Cmd{Path: self, Args: []string{probeName, name, lack}, Env: []string{}}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s: %s", name, out)
	return strings.TrimSpace(string(out))
}

func TestTheLocks(t *testing.T) {
	t.Parallel()
	for name := range probes {
		require.Contains(t, probe(t, name, ""), "refused:", name)
	}
	// Each of the two locks keeps files away by itself.
	for _, name := range []string{"read /etc/passwd", "write a file", "list /"} {
		require.Contains(t, probe(t, name, "landlock"), "refused:", name)
		require.Contains(t, probe(t, name, "seccomp"), "refused:", name)
	}
	// And the probes can do what they try where nothing is locked.
	require.Equal(t, "done", probe(t, "make a socket", "seccomp"))
	require.Equal(t, "done", probe(t, "duplicate files", "seccomp"))
}

// childrenOf lists a process's children, dead and alive.
func childrenOf(pid int) (out []int) {
	list, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, f := range list {
		text, _ := os.ReadFile(f)
		for _, word := range strings.Fields(string(text)) {
			n, _ := strconv.Atoi(word)
			out = append(out, n)
		}
	}
	return out
}

// killVariable is how many children TestNoZombies kills.
const killVariable = "WEIR_TEST_KILLS"

func TestNoZombies(t *testing.T) { // not parallel: it counts this process's children
	kills := 40
	if text := os.Getenv(killVariable); text != "" {
		var err error
		kills, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	before := len(childrenOf(os.Getpid()))
	p := NewPool(Options{})
	for i := range kills {
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(1+i%40)*time.Millisecond)
		_, err := p.Call(ctx, "func Run(input map[string]any) (any, error) { for {} }", []byte(`{}`))
		cancel()
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, CodeTime, e.Code, e.Message)
	}
	p.Close()
	require.Len(t, childrenOf(os.Getpid()), before)
}

func TestAChildEndsWithItsParent(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	require.NoError(t, err)
	parent := exec.Cmd{Path: self, Args: []string{parentName}}
	out, err := parent.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, parent.Start())
	var child int
	_, err = fmt.Fscan(out, &child)
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(child, 0))
	require.NoError(t, parent.Process.Kill())
	_ = parent.Wait()
	require.Eventually(t, func() bool {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", child))
		return err != nil || strings.Contains(string(text), ") Z ") // whoever inherits it may not have collected it yet
	}, 20*time.Second, 10*time.Millisecond)
}
