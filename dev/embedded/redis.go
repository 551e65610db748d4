//go:build !slim

package embedded

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// Redis is a running embedded Redis.
type Redis struct {
	// URL is what WEIR_REDIS_URL would name it.
	URL string

	server *miniredis.Miniredis
	client *redis.Client
	file   string
	last   []byte

	stop    chan struct{}
	stopped chan struct{}
	once    sync.Once
	err     error
}

// StartRedis starts a Redis on opt.Address and loads its snapshot. Keys expire
// by the clock, those whose time came while it was down included.
func StartRedis(opt RedisOptions) (*Redis, error) {
	server := miniredis.NewMiniRedis()
	server.ClockTTL(true)
	if err := server.StartAddr(opt.Address); err != nil {
		return nil, fmt.Errorf("start redis on %s: %w", opt.Address, err)
	}
	r := &Redis{
		URL:     "redis://" + server.Addr() + "/0",
		server:  server,
		client:  redis.NewClient(&redis.Options{Addr: server.Addr(), MaxRetries: -1}),
		file:    opt.File,
		stop:    make(chan struct{}),
		stopped: make(chan struct{}),
	}
	if r.file == "" {
		close(r.stopped)
		return r, nil
	}
	if err := r.load(context.Background()); err != nil {
		_ = r.client.Close()
		server.Close()
		return nil, fmt.Errorf("start redis: %w", err)
	}
	every := opt.Every
	if every <= 0 {
		every = SnapshotEvery
	}
	go r.keepSaving(every)
	return r, nil
}

// Stop writes the last snapshot and closes the listener. It may be called more
// than once; it answers whether the snapshot could be written.
func (r *Redis) Stop() error {
	r.once.Do(func() {
		close(r.stop)
		<-r.stopped
		if r.file != "" {
			r.err = r.save(context.Background())
		}
		_ = r.client.Close()
		r.server.Close()
	})
	return r.err
}

func (r *Redis) keepSaving(every time.Duration) {
	defer close(r.stopped)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	seen := r.server.CommandCount()
	for {
		select {
		case <-r.stop:
			return
		case <-ticker.C:
		}
		if r.server.CommandCount() == seen {
			continue // nobody spoke to it since the last look
		}
		_ = r.save(context.Background()) // Stop saves again, and tells
		seen = r.server.CommandCount()
	}
}
