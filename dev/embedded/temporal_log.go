//go:build !slim

package embedded

import (
	"context"
	"io"
	"log/slog"
	"math"
	"os"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// serverLog keeps the server's warnings and errors in a file of their own:
// they speak of the server's inside and would bury what a person came to see.
type serverLog struct {
	out   *slog.Logger
	level *slog.LevelVar
}

var (
	_ log.Logger      = (*serverLog)(nil)
	_ log.SLogWrapper = (*serverLog)(nil)
)

func newServerLog(file *os.File) *serverLog {
	level := &slog.LevelVar{}
	level.Set(slog.LevelWarn)
	var to io.Writer = io.Discard
	if file != nil {
		to = file
	}
	return &serverLog{out: slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: level})), level: level}
}

func (l *serverLog) mute() { l.level.Set(slog.Level(math.MaxInt32)) }

// SLog lets the server's own slog users share the level and the file.
func (l *serverLog) SLog() *slog.Logger { return l.out }

func (l *serverLog) Debug(msg string, tags ...tag.Tag)  { l.log(slog.LevelDebug, msg, tags) }
func (l *serverLog) Info(msg string, tags ...tag.Tag)   { l.log(slog.LevelInfo, msg, tags) }
func (l *serverLog) Warn(msg string, tags ...tag.Tag)   { l.log(slog.LevelWarn, msg, tags) }
func (l *serverLog) Error(msg string, tags ...tag.Tag)  { l.log(slog.LevelError, msg, tags) }
func (l *serverLog) DPanic(msg string, tags ...tag.Tag) { l.log(slog.LevelError, msg, tags) }
func (l *serverLog) Panic(msg string, tags ...tag.Tag)  { l.log(slog.LevelError, msg, tags) }
func (l *serverLog) Fatal(msg string, tags ...tag.Tag)  { l.log(slog.LevelError, msg, tags) }

func (l *serverLog) log(level slog.Level, msg string, tags []tag.Tag) {
	if level < l.level.Level() {
		return
	}
	attrs := make([]any, 0, 2*len(tags))
	for _, t := range tags {
		attrs = append(attrs, t.Key(), t.Value())
	}
	l.out.Log(context.Background(), level, msg, attrs...)
}
