package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// ErrNotFound tells that there is no such object, version or key.
var ErrNotFound = errors.New("not found")

// ErrTooLarge tells that something exceeds the size that the caller allows.
var ErrTooLarge = errors.New("too large")

// S3Options says where the S3 store is.
type S3Options struct {
	Endpoint  string // "https://s3.example.com", "http://127.0.0.1:9000"
	Region    string // default us-east-1
	Bucket    string // default "weir"; made if missing
	Prefix    string // of every object's name, "" or "team-a/"
	AccessKey string // empty: AWS's own environment variables, then the machine's role
	SecretKey string
	Transport http.RoundTripper // of the requests; nil: the client's own
}

// S3FromEnvironment reads WEIR_S3_ENDPOINT, _REGION, _BUCKET, _PREFIX, _ACCESS_KEY and _SECRET_KEY.
func S3FromEnvironment() S3Options { return s3FromEnvironment("WEIR_S3_") }

func s3FromEnvironment(prefix string) S3Options {
	return S3Options{
		Endpoint: os.Getenv(prefix + "ENDPOINT"), Region: os.Getenv(prefix + "REGION"), Bucket: os.Getenv(prefix + "BUCKET"),
		Prefix: os.Getenv(prefix + "PREFIX"), AccessKey: os.Getenv(prefix + "ACCESS_KEY"), SecretKey: os.Getenv(prefix + "SECRET_KEY"),
	}
}

// Objects is a bucket, or the part of it under a prefix. Names are relative to that. It is safe for concurrent use.
type Objects struct {
	client *minio.Client
	bucket string
	prefix string
}

// completeTimeout is how long the store may take to begin an answer. To put a large object together of its parts takes some of them a
// minute and more; a client that gives up after a minute asks a second time, of a store that is still at the first.
const completeTimeout = 5 * time.Minute

// partBytes is how much of a stream of unknown length is held in memory at a time: S3 takes 10 000 parts, so
// this allows for 78 GB.
const partBytes = 8 << 20

// storeRetries is how often a request to the store is tried at once; an activity is tried again in any case.
const storeRetries = 4

// OpenObjects connects to the store and makes the bucket if it is missing.
func OpenObjects(ctx context.Context, opt S3Options) (*Objects, error) {
	endpoint, err := url.Parse(opt.Endpoint)
	if err != nil || endpoint.Host == "" || (endpoint.Scheme != "http" && endpoint.Scheme != "https") || strings.Trim(endpoint.Path, "/") != "" {
		return nil, errors.New("open S3 store: the endpoint must be http://host:port or https://host:port (WEIR_S3_ENDPOINT)")
	}
	if opt.Region == "" {
		opt.Region = "us-east-1"
	}
	if opt.Bucket == "" {
		opt.Bucket = "weir"
	}
	creds := credentials.NewStaticV4(opt.AccessKey, opt.SecretKey, "")
	if opt.AccessKey == "" {
		creds = credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.IAM{Client: &http.Client{Timeout: 5 * time.Second}}})
	}
	if opt.Transport == nil {
		transport, err := minio.DefaultTransport(endpoint.Scheme == "https")
		if err != nil {
			return nil, fmt.Errorf("open S3 store: %w", err)
		}
		transport.ResponseHeaderTimeout = completeTimeout
		opt.Transport = transport
	}
	client, err := minio.New(endpoint.Host, &minio.Options{Creds: creds, Secure: endpoint.Scheme == "https", Region: opt.Region, MaxRetries: storeRetries, Transport: opt.Transport})
	if err != nil {
		return nil, fmt.Errorf("open S3 store: %w", err)
	}
	o := &Objects{client: client, bucket: opt.Bucket, prefix: opt.Prefix}
	exists, err := client.BucketExists(ctx, opt.Bucket)
	if err == nil && !exists {
		err = client.MakeBucket(ctx, opt.Bucket, minio.MakeBucketOptions{Region: opt.Region})
		if code := minio.ToErrorResponse(err).Code; code == "BucketAlreadyOwnedByYou" || code == "BucketAlreadyExists" {
			err = nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open S3 store: bucket %s: %w", opt.Bucket, s3Error(err))
	}
	return o, nil
}

// Info is what the store knows of an object.
type Info struct {
	Name        string
	Size        int64
	ContentType string
	Filename    string
	SHA256      string // hex; empty if whoever stored the object didn't know it
	Modified    time.Time
}

// PutOptions describe an object to those who read it.
type PutOptions struct {
	ContentType string
	Filename    string
	SHA256      string // hex, of what is stored, where that is known beforehand
}

// User metadata of objects: the file name, percent-encoded, and the sum of the content.
const (
	metaFilename = "Filename"
	metaSHA256   = "Sha256"
	metaPrefix   = "X-Amz-Meta-"
)

// minio sends bodies whole, with their MD5 in a signed header, and not as signed chunks, the library's default over
// plain HTTP: after an empty body versitygw leaves the closing chunk unread and takes it for the next request.
func (p PutOptions) minio() minio.PutObjectOptions {
	opt := minio.PutObjectOptions{ContentType: p.ContentType, SendContentMd5: true, DisableContentSha256: true}
	opt.UserMetadata = map[string]string{}
	if p.Filename != "" {
		opt.UserMetadata[metaFilename] = url.PathEscape(p.Filename)
	}
	if p.SHA256 != "" {
		opt.UserMetadata[metaSHA256] = p.SHA256
	}
	return opt
}

// Put stores data under name, replacing what was there.
func (o *Objects) Put(ctx context.Context, name string, data []byte, opt PutOptions) error {
	put := opt.minio()
	put.DisableMultipart = true
	_, err := o.client.PutObject(ctx, o.bucket, o.prefix+name, bytes.NewReader(data), int64(len(data)), put)
	return s3Context("put", name, err)
}

// Claim stores data under name if there is nothing yet: won tells whether this call did it.
func (o *Objects) Claim(ctx context.Context, name string, data []byte, opt PutOptions) (won bool, err error) {
	put := opt.minio()
	put.DisableMultipart = true
	put.SetMatchETagExcept("*")
	_, err = o.client.PutObject(ctx, o.bucket, o.prefix+name, bytes.NewReader(data), int64(len(data)), put)
	switch resp := minio.ToErrorResponse(err); {
	case err == nil:
		return true, nil
	case resp.StatusCode == http.StatusPreconditionFailed, resp.Code == "PreconditionFailed", resp.Code == "ConditionalRequestConflict":
		return false, nil
	}
	return false, s3Context("claim", name, err)
}

// Get reads a whole object of at most limit bytes. Errors: ErrNotFound, ErrTooLarge.
func (o *Objects) Get(ctx context.Context, name string, limit int64) ([]byte, error) {
	r, _, err := o.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, s3Context("get", name, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("get %s: %w: more than %d bytes", name, ErrTooLarge, limit)
	}
	return data, nil
}

// Open begins to read an object; the caller closes it. Error: ErrNotFound.
func (o *Objects) Open(ctx context.Context, name string) (io.ReadCloser, Info, error) {
	core := minio.Core{Client: o.client}
	r, info, header, err := core.GetObject(ctx, o.bucket, o.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, Info{}, s3Context("get", name, err)
	}
	return r, infoOf(name, info, header), nil
}

// Stat describes an object. Error: ErrNotFound.
func (o *Objects) Stat(ctx context.Context, name string) (Info, error) {
	info, err := o.client.StatObject(ctx, o.bucket, o.prefix+name, minio.StatObjectOptions{})
	if err != nil {
		return Info{}, s3Context("stat", name, err)
	}
	return infoOf(name, info, info.Metadata), nil
}

func infoOf(name string, info minio.ObjectInfo, header http.Header) Info {
	filename := header.Get(metaPrefix + metaFilename)
	if plain, err := url.PathUnescape(filename); err == nil {
		filename = plain
	}
	return Info{Name: name, Size: info.Size, ContentType: info.ContentType, Filename: filename, SHA256: header.Get(metaPrefix + metaSHA256), Modified: info.LastModified}
}

// Delete removes an object; one that isn't there is no error.
func (o *Objects) Delete(ctx context.Context, name string) error {
	err := o.client.RemoveObject(ctx, o.bucket, o.prefix+name, minio.RemoveObjectOptions{})
	if isNotFound(err) {
		return nil
	}
	return s3Context("delete", name, err)
}

// List gives the objects whose names begin with prefix, in the order of their names. Names that hold another slash after it
// are folded into one, which ends with that slash, unless deep is set.
func (o *Objects) List(ctx context.Context, prefix string, deep bool) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		for object := range o.client.ListObjectsIter(ctx, o.bucket, minio.ListObjectsOptions{Prefix: o.prefix + prefix, Recursive: deep}) {
			if object.Err != nil {
				yield(Info{}, s3Context("list", prefix, object.Err))
				return
			}
			if !yield(infoOf(strings.TrimPrefix(object.Key, o.prefix), object, nil), nil) {
				return
			}
		}
	}
}

// URL is an address at which anyone can read the object for a while, without credentials.
func (o *Objects) URL(ctx context.Context, name string, lifetime time.Duration) (string, error) {
	u, err := o.client.PresignedGetObject(ctx, o.bucket, o.prefix+name, lifetime, nil)
	if err != nil {
		return "", s3Context("sign", name, err)
	}
	return u.String(), nil
}

func s3Context(verb, name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s: %w", verb, name, s3Error(err))
}

// s3Error makes ErrNotFound of the store's own answer, and takes the query off addresses in other errors: a
// signed one would carry its signature.
func s3Error(err error) error {
	if isNotFound(err) {
		return ErrNotFound
	}
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

func isNotFound(err error) bool {
	resp := minio.ToErrorResponse(err)
	return err != nil && (resp.Code == "NoSuchKey" || resp.Code == "NotFound" || resp.Code == "NoSuchUpload" || (resp.StatusCode == http.StatusNotFound && resp.Code != "NoSuchBucket"))
}
