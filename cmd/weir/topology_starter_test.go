//go:build topology

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// starterVariable makes the test program a starter: its value holds the orders, as JSON.
const starterVariable = "WEIR_TEST_STARTER"

// byHand is what a starter puts for the decision about a start that the temporal CLI made.
const byHand = "by hand"

// starterOrders says which starts a process makes, one after the other: First, First+Step, ... below Starts.
type starterOrders struct {
	Gateway, Temporal, CLI, Slug, Shelf string
	Way                                 string // "api", "hook" or "cli"
	First, Step, Starts                 int
	Seed                                uint64
}

// maxRest is the longest that a starter rests between two starts, as it does now and then.
const maxRest = 6 * time.Second

// ack is a start that was acknowledged.
type ack struct {
	N           string
	Sent, Acked time.Time // the first attempt, and the answer to the last
	Attempts    int
	WorkflowID  string `json:"workflow-id"`
	RunID       string `json:"run-id"`
	Decision    string `json:"decision"`
}

// starterProcess makes starts until each is acknowledged, and writes what it was told, a line for each.
func starterProcess() {
	text := os.Getenv(starterVariable)
	if text == "" {
		return
	}
	var o starterOrders
	err := json.Unmarshal([]byte(text), &o)
	random := rand.New(rand.NewPCG(o.Seed, o.Seed))
	for n := o.First; n < o.Starts && err == nil; n += o.Step {
		err = o.acknowledged(fmt.Sprintf("%s-%d", o.Way, n))
		if random.IntN(3) == 0 {
			time.Sleep(time.Duration(random.Int64N(int64(maxRest))))
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// errRefused is an answer that repeating doesn't change.
var errRefused = errors.New("refused")

func (o starterOrders) acknowledged(n string) error {
	a := ack{N: n, Sent: time.Now()}
	for {
		a.Attempts++
		err := o.send(n, &a)
		if err == nil {
			a.Acked = time.Now()
			return json.NewEncoder(os.Stdout).Encode(a)
		}
		fmt.Fprintln(os.Stderr, n, err)
		if errors.Is(err, errRefused) {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (o starterOrders) send(n string, a *ack) error {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	input := fmt.Sprintf(`{"shelf":%q,"n":%q}`, o.Shelf, n)
	url, body, key, token := o.Gateway+"/api/flows/"+o.Slug+"/runs", `{"input":`+input+`}`, "Idempotency-Key", apiToken
	switch o.Way {
	case "cli":
		a.WorkflowID, a.Decision = "pick-by-hand/"+o.Shelf+"/"+n, byHand
		cmd := exec.CommandContext(ctx, o.CLI, "workflow", "start", "--address", o.Temporal, "--task-queue", "weir", "--type", o.Slug,
			"--workflow-id", a.WorkflowID, "--id-reuse-policy", "RejectDuplicate", "--input", input)
		out, err := cmd.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	case "hook":
		url, body, key, token = o.Gateway+"/hooks/"+o.Slug+"/pick", input, "X-Pick", webhooked
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set(key, o.Shelf+"/"+n)
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return err
	case response.StatusCode == http.StatusAccepted:
		return json.Unmarshal(text, a)
	case response.StatusCode < http.StatusInternalServerError:
		return fmt.Errorf("%w: %d %s", errRefused, response.StatusCode, text)
	}
	return fmt.Errorf("%d %s", response.StatusCode, text)
}
