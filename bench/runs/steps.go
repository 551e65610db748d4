package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/redis/go-redis/v9"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
)

type (
	order struct {
		ID       string  `json:"id"`
		Total    float64 `json:"total"`
		Currency string  `json:"currency"`
		Lines    []struct {
			SKU      string `json:"sku"`
			Quantity int    `json:"quantity"`
		} `json:"lines"`
	}
	risk struct {
		Level string `json:"risk-level"`
		Score int    `json:"score"`
	}
	summary struct {
		Level         string `json:"risk-level"`
		Score         int    `json:"risk-score"`
		NeedsApproval bool   `json:"needs-approval"`
	}
	evidence struct {
		Order   order   `json:"order"`
		Risk    risk    `json:"risk"`
		Summary summary `json:"summary"`
	}
	fulfillment struct {
		ID    string `json:"fulfillment-id"`
		State string `json:"state"`
	}
	auditEntry struct {
		OrderID  string `json:"order-id"`
		Action   string `json:"action"`
		Level    string `json:"risk-level"`
		Artifact string `json:"artifact-ref"`
	}
)

// outsideSteps are the twins' activities.
type outsideSteps struct {
	http   *http.Client
	base   string
	blobs  *minio.Client
	bucket string
	kv     *redis.Client
}

func newOutsideSteps(ctx context.Context, at places) (*outsideSteps, error) {
	blobs, err := minio.New(at.S3Endpoint, &minio.Options{Creds: credentials.NewStaticV4(at.S3AccessKey, at.S3SecretKey, ""), Region: "us-east-1"})
	if err != nil {
		return nil, err
	}
	if ok, err := blobs.BucketExists(ctx, "twin"); err != nil {
		return nil, err
	} else if !ok {
		if err := blobs.MakeBucket(ctx, "twin", minio.MakeBucketOptions{}); err != nil {
			return nil, err
		}
	}
	o, err := redis.ParseURL(at.Redis)
	if err != nil {
		return nil, err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	return &outsideSteps{
		http: &http.Client{Transport: transport}, base: at.Outside, blobs: blobs, bucket: "twin", kv: redis.NewClient(o),
	}, nil
}

// FetchOrder and FetchRisk ask the orders API.
func (s *outsideSteps) FetchOrder(ctx context.Context, id string) (order, error) {
	var o order
	_, body, err := s.call(ctx, http.MethodGet, "/orders/"+id, nil)
	if err == nil {
		err = json.Unmarshal(body, &o)
	}
	return o, err
}

func (s *outsideSteps) FetchRisk(ctx context.Context, id string) (risk, error) {
	_, body, err := s.call(ctx, http.MethodGet, "/orders/"+id+"/risk", nil)
	if err != nil {
		return risk{}, err
	}
	// The API answers EDN; two fields need no reader.
	r := risk{Level: "low"}
	if bytes.Contains(body, []byte(":high")) {
		r.Level = "high"
	}
	_, rest, _ := strings.Cut(string(body), ":score ")
	_, err = fmt.Sscan(strings.TrimRight(rest, "}"), &r.Score)
	return r, err
}

// Summarize is the flow's function.
func (*outsideSteps) Summarize(_ context.Context, r risk) (summary, error) {
	return summary{Level: r.Level, Score: r.Score, NeedsApproval: r.Level == "high"}, nil
}

// Persist keeps the evidence.
func (s *outsideSteps) Persist(ctx context.Context, e evidence) (string, error) {
	data, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	key := activity.GetInfo(ctx).WorkflowExecution.RunID + "/" + hex.EncodeToString(sum[:])
	_, err = s.blobs.PutObject(ctx, s.bucket, key, bytes.NewReader(data), int64(len(data)), minio.PutObjectOptions{ContentType: "application/json"})
	return "s3://" + s.bucket + "/" + key, err
}

// AskManager, Fulfill and Notify change the world.
func (s *outsideSteps) AskManager(ctx context.Context, id string) error {
	_, _, err := s.call(ctx, http.MethodPost, "/v3/mail/send", map[string]any{"subject": "Approve order " + id})
	return err
}

func (s *outsideSteps) Fulfill(ctx context.Context, id string) (fulfillment, error) {
	var f fulfillment
	_, body, err := s.call(ctx, http.MethodPost, "/orders/"+id+"/fulfill", nil)
	if err == nil {
		err = json.Unmarshal(body, &f)
	}
	return f, err
}

func (s *outsideSteps) Notify(ctx context.Context, e auditEntry) (bool, error) {
	status, _, err := s.call(ctx, http.MethodPost, "/v3/mail/send", map[string]any{
		"personalizations": []any{map[string]any{"to": []any{map[string]any{"email": "ops@example.com"}}}},
		"from":             map[string]any{"email": "alerts@example.com"},
		"subject":          "Order " + e.OrderID + " result",
		"content":          []any{map[string]any{"type": "text/plain", "value": "action=" + e.Action + ", artifact=" + e.Artifact}},
	})
	return status == http.StatusAccepted, err
}

// Audit writes the audit entry.
func (s *outsideSteps) Audit(ctx context.Context, e auditEntry) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return s.kv.Set(ctx, "orders:audit:"+e.OrderID, data, 7*24*time.Hour).Err()
}

func (s *outsideSteps) call(ctx context.Context, method, path string, body any) (int, []byte, error) {
	var sent io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return 0, nil, err
		}
		sent = bytes.NewReader(data)
	}
	r, err := http.NewRequestWithContext(ctx, method, s.base+path, sent)
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Authorization", "Bearer t-1")
	if method != http.MethodGet {
		info := activity.GetInfo(ctx)
		r.Header.Set("Idempotency-Key", info.WorkflowExecution.RunID+"/"+info.ActivityID)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := s.http.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	switch {
	case err != nil:
	case answer.StatusCode >= 500:
		err = errors.New(answer.Status)
	case answer.StatusCode >= 300:
		err = temporal.NewNonRetryableApplicationError(answer.Status, "http-status", nil)
	}
	return answer.StatusCode, data, err
}
