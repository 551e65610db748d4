package s3child

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"

	"github.com/versity/versitygw/auth"
	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/s3api"
	"github.com/versity/versitygw/s3api/middlewares"
)

// Limits of the server: one laptop's worth.
const (
	maxConnections = 4096
	maxRequests    = 1024
	maxParts       = 10_000
	maxCopyBytes   = 5 << 30
	bindAttempts   = 20
)

// Main serves and never returns if this process was started by Start; otherwise it returns at once.
func Main() {
	if os.Getenv(childVariable) == "" {
		return
	}
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func serve(in io.Reader, out io.Writer) error {
	input := bufio.NewReader(in)
	line, err := input.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read options: %w", err)
	}
	var opt Options
	if err := json.Unmarshal(line, &opt); err != nil {
		return fmt.Errorf("read options: %w", err)
	}
	backend, err := openFolder(opt.Dir)
	if err != nil {
		return err
	}
	parentGone := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, input)
		close(parentGone)
	}()
	failed := make(chan error, 1)
	go func() { failed <- listen(backend, opt, out) }()
	select {
	case err := <-failed:
		return err
	case <-parentGone:
		backend.Shutdown()
		return nil
	}
}

// listen serves on the address asked for, or else on free ports until one can be had.
func listen(backend *posix.Posix, opt Options, out io.Writer) error {
	for attempt := 1; ; attempt++ {
		address := opt.Address
		if address == "" {
			var err error
			if address, err = freeAddress(); err != nil {
				return err
			}
		}
		var served atomic.Bool
		server, err := s3api.New(backend, middlewares.RootUserConfig{Access: opt.AccessKey, Secret: opt.SecretKey}, Region,
			auth.NewIAMServiceSingle(auth.Account{Access: opt.AccessKey, Secret: opt.SecretKey, Role: auth.RoleAdmin}), nil, nil, nil, nil,
			s3api.WithQuiet(), s3api.WithKeepAlive(), s3api.WithMpMaxParts(maxParts), s3api.WithDisableACL(),
			s3api.WithConcurrencyLimiter(maxConnections, maxRequests), s3api.WithOnListen(func() {
				served.Store(true)
				fmt.Fprintln(out, readyMark+address)
			}))
		if err != nil {
			return fmt.Errorf("make server: %w", err)
		}
		err = server.ServeMultiPort([]string{address})
		if opt.Address == "" && !served.Load() && errors.Is(err, syscall.EADDRINUSE) && attempt < bindAttempts {
			continue
		}
		return err
	}
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return l.Addr().String(), l.Close()
}

// openFolder keeps objects in dir/objects and what S3 knows of them in extended attributes, or, where the file
// system has none, in files under dir/attributes. A folder that was begun one way stays that way.
func openFolder(dir string) (*posix.Posix, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	objects, attributes := filepath.Join(dir, "objects"), filepath.Join(dir, "attributes")
	if err := os.MkdirAll(objects, 0o700); err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	opt := posix.PosixOpts{CopyObjectThreshold: maxCopyBytes}
	opt.SetNewDirPerm(0o700)
	opt.SetNewFilePerm(0o600)
	var storer meta.MetadataStorer = meta.XattrMeta{}
	_, err = os.Stat(attributes)
	begun := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	if begun || (meta.XattrMeta{}).Test(objects) != nil {
		if err := os.MkdirAll(attributes, 0o700); err != nil {
			return nil, fmt.Errorf("open folder: %w", err)
		}
		if storer, err = meta.NewSideCar(attributes); err != nil {
			return nil, fmt.Errorf("open folder: %w", err)
		}
		opt.SideCarDir = attributes
	}
	backend, err := posix.New(objects, storer, opt)
	if err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	return backend, nil
}
