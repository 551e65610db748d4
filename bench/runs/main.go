package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"

	"github.com/weir-run/weir/activities/store/s3child"
)

// roleVariable tells a process of this program what it is; the one that a person starts is the driver.
const roleVariable = "WEIR_BENCH_ROLE"

// profileVariable tells every process the folder for its profiles.
const profileVariable = "WEIR_BENCH_PROFILE"

func main() {
	s3child.Main()
	var err error
	switch os.Getenv(roleVariable) {
	case "servers":
		err = serveAll()
	case "crew":
		err = work()
	case "gateway":
		err = gate()
	default:
		err = drive()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "runs:", err)
		os.Exit(1)
	}
}

// plan says what the driver measures.
type plan struct {
	rounds   int
	duration time.Duration
	at       []int
	parked   int
	kinds    []string
	ledger   bool // print the histories, event by event
	offer    int  // webhooks a second to offer to a gateway, instead of all else
}

func readPlan() (plan, error) {
	p := plan{}
	flag.IntVar(&p.rounds, "rounds", 3, "how often each kind is measured; the median counts")
	seconds := flag.Float64("seconds", 5, "how long each measurement takes")
	at := flag.String("at", "1,10,50", "how many runs at once")
	flag.IntVar(&p.parked, "parked", 1_000, "how many runs wait at once; 0 leaves that and the restart out")
	only := flag.String("only", strings.Join(kinds, ","), "which kinds")
	flag.BoolVar(&p.ledger, "ledger", false, "print the history of one run of each kind, event by event")
	folder := flag.String("profile", "", "write profiles of processor and memory into this folder")
	flag.IntVar(&p.offer, "offer", 0, "measure the doors instead: offer so many webhooks a second")
	flag.Parse()
	if *folder != "" {
		if err := os.Setenv(profileVariable, *folder); err != nil {
			return p, err
		}
	}
	p.duration = time.Duration(*seconds * float64(time.Second))
	p.kinds = strings.Split(*only, ",")
	for text := range strings.SplitSeq(*at, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return p, fmt.Errorf("-at %s: must be numbers like 1,10,50", *at)
		}
		p.at = append(p.at, n)
	}
	if p.rounds < 1 {
		return p, errors.New("-rounds must be at least 1")
	}
	return p, nil
}

// drive measures and reports.
func drive() error {
	p, err := readPlan()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	dir, err := os.MkdirTemp("", "weir-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	outside := newOutside()
	defer outside.Close()
	servers, at, err := startServers(dir, outside.URL)
	if err != nil {
		return err
	}
	defer servers.stop()
	if p.offer > 0 {
		report, err := doors(ctx, at, p.offer, p.duration)
		if err == nil {
			report.print()
		}
		return err
	}
	b := bench{plan: p, places: at, servers: servers}
	if err := b.load(ctx); err != nil {
		return err
	}
	if p.parked == 0 {
		return nil
	}
	if err := b.park(ctx); err != nil {
		return err
	}
	return b.restart(ctx)
}
