package dev

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// folder is where a dev server keeps its state: the user's, which stays, or one
// of its own, which goes.
type folder struct {
	path   string
	own    bool
	lock   *os.File
	secret string // holds overlays of bindings; always goes
}

const ownPrefix = "weir-dev-"

// openFolder makes and locks the folder. Two servers on one folder would destroy
// each other's state.
func openFolder(dataDir string) (*folder, error) {
	sweep(os.TempDir())
	f := &folder{path: dataDir}
	var err error
	if f.secret, err = ownFolder(); err != nil {
		return nil, err
	}
	if dataDir == "" {
		f.path, f.own = f.secret, true
		return f, nil
	}
	if f.path, err = filepath.Abs(dataDir); err == nil {
		err = os.MkdirAll(f.path, 0o700)
	}
	if err != nil {
		f.close()
		return nil, &UsageError{fmt.Errorf("--data-dir: %w", err)}
	}
	if f.lock, err = lockFile(filepath.Join(f.path, "lock")); err != nil {
		f.close()
		return nil, &UsageError{fmt.Errorf("--data-dir %s: %w", dataDir, err)}
	}
	return f, nil
}

func (f *folder) file(name string) string { return filepath.Join(f.path, name) }

// close removes what was only there for this process.
func (f *folder) close() {
	if f.lock != nil {
		_ = f.lock.Close() // lets go of the lock
	}
	_ = os.RemoveAll(f.secret)
}

func ownFolder() (string, error) {
	path, err := os.MkdirTemp("", fmt.Sprintf("%s%d-", ownPrefix, os.Getpid()))
	if err != nil {
		return "", fmt.Errorf("make a folder for the dev server: %w", err)
	}
	return path, nil
}

// sweep removes the folders of dev servers that were killed.
func sweep(temp string) {
	entries, err := os.ReadDir(temp)
	if err != nil {
		return // nothing to see, nothing to sweep
	}
	for _, entry := range entries {
		rest, ours := strings.CutPrefix(entry.Name(), ownPrefix)
		text, _, _ := strings.Cut(rest, "-")
		pid, err := strconv.Atoi(text)
		if !ours || err != nil || pid <= 0 || pid == os.Getpid() {
			continue
		}
		if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			_ = os.RemoveAll(filepath.Join(temp, entry.Name()))
		}
	}
}

var errLocked = errors.New("another weir dev uses it")

func lockFile(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		return nil, errLocked
	}
	return file, nil
}

// keep answers the text of a small file, which it makes with fresh where it is
// missing: keys that must be the same after a restart.
func (f *folder) keep(name string, fresh func() string) (string, error) {
	path := f.file(name)
	text, err := os.ReadFile(path)
	if err == nil && len(text) > 0 {
		return string(text), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	made := fresh()
	return made, os.WriteFile(path, []byte(made), 0o600)
}
