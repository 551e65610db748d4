package dev

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long files must rest before a change counts: editors write in
// several steps.
const settle = 150 * time.Millisecond

// watch calls changed, one call at a time, after files under the paths change
// and come to rest, until ctx is done. It watches folders, since editors
// replace files.
func watch(ctx context.Context, paths []string, changed func()) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch for changes: %w", err)
	}
	for _, path := range paths {
		if err := watchTree(watcher, path); err != nil {
			_ = watcher.Close()
			return fmt.Errorf("watch %s for changes: %w", path, err)
		}
	}
	go func() {
		defer watcher.Close()
		rest := time.NewTimer(settle)
		rest.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case event, ok := <-watcher.Events:
				if !ok {
					return
				}
				if event.Op == fsnotify.Chmod || ignored(event.Name) {
					continue
				}
				if !source(event.Name) && !slices.Contains(paths, event.Name) {
					continue // a log that is written beside a flow is no change of it
				}
				if info, err := os.Stat(event.Name); err == nil && info.IsDir() {
					_ = watcher.Add(event.Name)
				}
				rest.Reset(settle)
			case <-watcher.Errors: // an overflow at worst: the next change is seen again
				rest.Reset(settle)
			case <-rest.C:
				changed()
			}
		}
	}()
	return nil
}

func watchTree(watcher *fsnotify.Watcher, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return watcher.Add(filepath.Dir(path))
	}
	return filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !entry.IsDir():
			return nil
		case name != path && ignored(name):
			return fs.SkipDir
		}
		return watcher.Add(name)
	})
}

// source tells whether a file may be part of a flow: its definition, what it includes, bindings, stubs. So may a
// folder, which has no extension.
func source(name string) bool {
	switch filepath.Ext(name) {
	case "", ".edn", ".clj", ".cljc", ".go", ".json":
		return true
	}
	return false
}

// ignored tells whether a file is an editor's or a tool's own.
func ignored(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") || base == "node_modules"
}
