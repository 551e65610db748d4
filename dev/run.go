package dev

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"

	"golang.org/x/term"

	"github.com/weir-run/weir/dev/outbox"
	"github.com/weir-run/weir/dev/standin"
	"github.com/weir-run/weir/dev/view"
	"github.com/weir-run/weir/gateway"
	"github.com/weir-run/weir/gateway/console"
	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/interpreter/value"
)

// Run is `weir dev`: it returns when ctx is done, or, with Exit, when the run has
// ended. The result of the run that Input asked for is written to Stdout as JSON;
// one that did not complete gives ErrRunFailed. Wrong options and a refused input
// are a *UsageError.
func Run(ctx context.Context, opt Options) (err error) {
	input, err := opt.check()
	if err != nil {
		return err
	}
	p, err := choosePorts(opt.PortBase)
	if err != nil {
		return &UsageError{err}
	}
	f, err := openFolder(opt.DataDir)
	if err != nil {
		return err
	}
	defer f.close()
	logger, closeLog, err := openLog(f)
	if err != nil {
		return err
	}
	defer closeLog()

	s := &session{opt: opt, ports: p, folder: f, log: logger}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.open(ctx); err != nil {
		return err
	}
	return s.work(ctx, input)
}

// session is one `weir dev` while it lasts.
type session struct {
	opt    Options
	ports  ports
	folder *folder
	log    *slog.Logger

	servers      *servers
	flows        *flows
	first        string // slug of the flow that Input is for
	installation *installation.Installation
	stopWorker   func()
	doors        doors
	box          outbox.Box

	live bool // show is a live view

	mu   sync.Mutex
	show viewer
}

// tell shows a line that belongs to no run.
func (s *session) tell(text string) {
	s.mu.Lock()
	show := s.show
	s.mu.Unlock()
	show.Note(text)
}

// open starts everything and deploys the flows.
func (s *session) open(ctx context.Context) error {
	s.show = view.NewPlain(s.opt.Stderr)
	s.flows = &flows{
		opt: s.opt, standins: standin.NewServer(), base: s.ports.url(portStandin), tell: s.tell,
		noted: map[string]bool{}, digests: map[string]string{}, channels: map[string]channels{},
	}
	l, ok := s.flows.read() // before the servers start: what is broken is told at once
	if !ok {
		return ErrProblems
	}
	s.first = l.flows[0].Slug
	s.flows.bindings = newBindings(s.folder.secret, s.opt.Bindings, l.flows)
	source, err := s.flows.serve(l)
	if err != nil {
		return &UsageError{err}
	}
	if s.servers, err = startServers(s.folder, s.ports, s.opt.Temporal); err != nil {
		return err
	}
	settings, err := s.servers.settings(s.folder, s.ports, s.opt)
	if err != nil {
		return err
	}
	s.installation, err = installation.Open(ctx, installation.Worker|installation.Gateway, settings, source, s.log)
	if err != nil {
		return err
	}
	if err := s.openDoors(); err != nil {
		return err
	}
	if s.stopWorker, err = s.installation.StartWorker(); err != nil {
		return err
	}
	if err := s.flows.deploy(ctx, s.installation, l); err != nil {
		return err
	}
	for _, line := range s.addresses() {
		s.tell(line)
	}
	return watch(ctx, s.flows.watched(), func() { s.flows.redeploy(ctx, s.installation) })
}

func (s *session) openDoors() error {
	collect(s.flows.standins, &s.box, s.flows.isChannel)
	s.box.Watch(func(m outbox.Message) { s.tell(toldMessage(m)) })
	gate, err := s.installation.NewGateway()
	if err != nil {
		return err
	}
	if err := s.doors.open(s.ports.address(portGateway), withOutbox(gate.Handler(), &s.box), gate.Closing); err != nil {
		return err
	}
	return s.doors.open(s.ports.address(portStandin), s.flows.standins)
}

// addresses are the lines that tell where everything is.
func (s *session) addresses() []string {
	gate := s.ports.url(portGateway)
	lines := []string{"gateway " + gate, "pages " + gate + console.Path, "outbox " + gate + outboxPath}
	if s.servers.temporal != nil {
		lines = append(lines, "web-ui "+s.servers.temporal.UI, "temporal "+s.servers.temporal.Address)
	} else {
		lines = append(lines, "temporal "+s.opt.Temporal)
	}
	return append(lines, fmt.Sprintf("api WEIR_PUBLIC_URL=%s WEIR_API_TOKEN=%s", gate, s.installation.Settings.APIToken))
}

// work starts the run that was asked for, and stays.
func (s *session) work(ctx context.Context, input value.Value) error {
	if s.opt.Input == nil {
		<-ctx.Done()
		return nil
	}
	links, err := gateway.LinkMaker(s.installation.Settings.PublicURL, s.installation.Settings.SigningKeys)
	if err != nil {
		return err
	}
	ctx, quit := context.WithCancel(ctx)
	defer quit()
	follow := &follower{installation: s.installation, links: links, show: s.show, action: s.opt.Decide, answered: map[string]bool{}}
	started, err := follow.start(ctx, s.first, input)
	if err != nil {
		return err
	}
	follow.show = s.screen(ctx, quit, follow)
	result, failure := follow.follow(ctx, started)
	if s.opt.Exit || ctx.Err() != nil {
		follow.show.Close()
	}
	switch {
	case failure == nil:
		if err := s.print(result); err != nil {
			return err
		}
	case ctx.Err() != nil && s.opt.Exit:
		return ErrRunFailed // interrupted
	case ctx.Err() != nil:
		return nil
	default:
		s.tell(failure.Error())
	}
	if s.opt.Exit {
		if failure != nil {
			return ErrRunFailed
		}
		return nil
	}
	<-ctx.Done()
	follow.show.Close()
	return nil
}

// print writes the result to stdout, or above a live view that shares a terminal with it.
func (s *session) print(result json.RawMessage) error {
	if file, ok := s.opt.Stdout.(*os.File); ok && s.live && !s.opt.Exit && term.IsTerminal(int(file.Fd())) {
		s.tell(string(result))
		return nil
	}
	if _, err := fmt.Fprintf(s.opt.Stdout, "%s\n", result); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

// screen is the live view where people look on, else the plain lines.
func (s *session) screen(ctx context.Context, quit func(), follow *follower) viewer {
	in, out, ok := terminal(s.opt.Stdin, s.opt.Stderr)
	if !ok {
		return s.show
	}
	live := view.StartLive(view.LiveOptions{
		In: in, Out: out, Quit: quit,
		Decide: func(key, action string) error { return follow.byHand(ctx, key, action) },
	})
	s.mu.Lock()
	s.show, s.live = live, true
	s.mu.Unlock()
	return live
}

// terminal tells whether a person sits at both ends.
func terminal(in io.Reader, out io.Writer) (*os.File, *os.File, bool) {
	inFile, ok := in.(*os.File)
	outFile, ok2 := out.(*os.File)
	if !ok || !ok2 || !term.IsTerminal(int(inFile.Fd())) || !term.IsTerminal(int(outFile.Fd())) || os.Getenv("TERM") == "dumb" {
		return nil, nil, false
	}
	return inFile, outFile, true
}

// close stops what open started, in the opposite order.
func (s *session) close() error {
	s.doors.close()
	if s.stopWorker != nil {
		s.stopWorker()
	}
	if s.installation != nil {
		s.installation.Close()
	}
	if s.servers == nil {
		return nil
	}
	return s.servers.stop()
}

func openLog(f *folder) (*slog.Logger, func(), error) {
	file, err := os.OpenFile(f.file("weir.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open the log: %w", err)
	}
	return slog.New(slog.NewTextHandler(file, nil)), func() { _ = file.Close() }, nil
}
