//go:build !slim

package embedded

import (
	"fmt"

	"github.com/weir-run/weir/activities/store/s3child"
)

// Slim tells whether this build lacks the servers.
const Slim = false

// S3 is a running embedded S3 store: a child process, which ends with this one.
type S3 struct {
	// Endpoint is its host:port, plain HTTP.
	Endpoint string
	// AccessKey and SecretKey sign requests; they change with every start.
	AccessKey, SecretKey string

	child *s3child.Server
}

// StartS3 starts an S3 store. The program's main must have called RunChild.
func StartS3(opt S3Options) (*S3, error) {
	child, err := s3child.Start(s3child.Options{Dir: opt.Dir, Address: opt.Address})
	if err != nil {
		return nil, fmt.Errorf("start S3 on %s: %w", opt.Address, err)
	}
	return &S3{Endpoint: child.Endpoint, AccessKey: child.AccessKey, SecretKey: child.SecretKey, child: child}, nil
}

// Stop ends the child and waits for it. It may be called more than once.
func (s *S3) Stop() error { return s.child.Stop() }

// RunChild serves S3 and never returns if this process is the child of a
// StartS3; otherwise it does nothing. Call it first thing in main and TestMain.
func RunChild() { s3child.Main() }
