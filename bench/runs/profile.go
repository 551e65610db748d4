package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
)

// profile records what this process spends its time on until finish is called, if profiles are wanted.
func profile(name string) (finish func(), err error) {
	path := profilePath(name)
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path + ".cpu")
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close()
	}, nil
}

// writeHeap records what this process holds, if profiles are wanted.
func writeHeap(name string) error {
	path := profilePath(name)
	if path == "" {
		return nil
	}
	f, err := os.Create(path + ".heap")
	if err != nil {
		return err
	}
	runtime.GC()
	return errors.Join(pprof.WriteHeapProfile(f), f.Close())
}

func profilePath(name string) string {
	folder := os.Getenv(profileVariable)
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, fmt.Sprintf("%s-%d", name, os.Getpid()))
}
