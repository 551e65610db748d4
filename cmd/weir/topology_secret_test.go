//go:build topology

package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/binding/bindingtest"
)

// noSecrets looks for the installation's secrets in all that has left its processes: histories, stores, logs, what the commands
// print, metrics, pages, and answers to whoever comes without a right to them.
func noSecrets(t *testing.T, top *topology) {
	said := map[string][]byte{"the shop was told": []byte(top.api.authorized())}
	runs := []string{seedSlug + "/o-7", seedSlug + "/o-hook", seedSlug + "/o-verb", seedSlug + "/o-pending", seedSlug + "/o-between"}
	for _, id := range append(runs, "by-hand") {
		said["history of "+id] = []byte(top.cli(t, "workflow", "show", "--workflow-id", id, "--output", "json"))
	}
	for _, id := range runs {
		said["show "+id] = []byte(top.weir(t, "show", id))
		said["show --json "+id] = []byte(top.weir(t, "show", id, "--json"))
	}
	for _, verb := range [][]string{
		{"flows"}, {"versions", seedSlug}, {"runs", seedSlug}, {"runs", seedSlug, "--json"}, {"waits", seedSlug}, {"schedules"}, {"resources", "list"}, {"graph", seed},
	} {
		said["weir "+strings.Join(verb, " ")] = []byte(top.weir(t, verb...))
	}
	_, err := top.try(needed(t, "WEIR_TEST_BINARY"), "run", seedSlug, "--input", `{"order-id":7}`)
	said["a refused run"] = fmt.Append(nil, err)
	for _, address := range top.listen {
		for _, path := range []string{"/metrics", "/readyz", "/healthz", "/nothing"} {
			if text, ok := top.fetch(t, http.DefaultClient, "http://"+address+path); ok { // some of the workers are gone
				said[address+path] = text
			}
		}
	}
	browser := top.signedIn(t)
	for _, path := range []string{"/ui/", "/ui/flow/" + seedSlug, "/ui/runs?flow=" + seedSlug, "/ui/run?id=" + url.QueryEscape(runs[0]), "/ui/run?id=" + url.QueryEscape(runs[3])} {
		text, _ := top.fetch(t, browser, top.gateway+path)
		require.Contains(t, string(text), seedSlug, path)
		said[path] = text
	}
	require.NoError(t, filepath.WalkDir(top.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Base(path) == "bindings.edn" {
			return nil //nolint:nilerr // files of running servers come and go
		}
		if text, err := os.ReadFile(path); err == nil {
			said[path] = text
		}
		return nil
	}))
	for _, secret := range []string{orders, mails, webhooked, apiToken} {
		traces := bindingtest.Traces(secret)
		for place, text := range said {
			where, found := bindingtest.Leak(text, traces)
			told := place == "the shop was told" && (secret == orders || secret == mails)
			require.Equal(t, told, found, "%s: ...%s...", place, where)
		}
	}
}

// fetch reads a page, if somebody answers.
func (top *topology) fetch(t *testing.T, c *http.Client, address string) ([]byte, bool) {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	require.NoError(t, err)
	request.Header.Set("Accept", "text/html")
	response, err := c.Do(request)
	if err != nil {
		return nil, false
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return fmt.Appendf(text, "\n%v", response.Header), true
}

// signedIn is a browser in which an operator has signed in.
func (top *topology) signedIn(t *testing.T) *http.Client {
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	c := &http.Client{Jar: jar}
	response, err := c.PostForm(top.gateway+"/ui/sign-in", url.Values{"token": {apiToken}})
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode)
	return c
}

// encrypted gives the installation keys: Temporal sees nothing of a run, and its CLI reads it through the gateway's codec.
func encrypted(t *testing.T, top *topology) {
	const token = "codectok-71d0ab2293f5ce64"
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	top.env = append(top.env, "WEIR_PAYLOAD_KEYS=p1:"+base64.StdEncoding.EncodeToString(key), "WEIR_CODEC_TOKEN="+token)
	top.killWorkers(t)
	require.NoError(t, top.door.Process.Kill())
	_ = top.door.Wait()
	top.worker(t)
	top.openDoor(t)

	top.weir(t, "run", seedSlug, "--input", `{"order-id":"o-sealed"}`)
	top.awaitWait(t, "o-sealed")
	top.weir(t, "approve", seedSlug+"/o-sealed")
	require.Equal(t, "approve", top.result(t, "o-sealed")["action"])
	show := []string{"workflow", "show", "--workflow-id", seedSlug + "/o-sealed", "--output", "json"}
	require.NotContains(t, payloads(top.cli(t, show...)), "risk-level")
	codec := []string{"--codec-endpoint", top.gateway + "/codec", "--codec-auth", "Bearer " + token}
	require.Contains(t, payloads(top.cli(t, append(show, codec...)...)), "risk-level")
	result := []string{"workflow", "result", "--workflow-id", seedSlug + "/o-sealed"}
	require.Contains(t, top.cli(t, append(result, codec...)...), `"action":"approve"`)
	require.NotContains(t, top.cli(t, result...), `"action"`)
	_, err := top.try(needed(t, "WEIR_TEST_TEMPORAL"), append(append(result, codec[:2]...), "--address", top.temporal)...)
	require.Error(t, err, "nobody reads without the token")

	// What was written before there were keys, and what is sent by hand, is read as it is.
	require.Equal(t, "approve", top.result(t, "o-between")["action"])
	top.cli(t, "workflow", "start", "--task-queue", "weir", "--type", seedSlug, "--workflow-id", "by-hand-2", "--input", `{"order-id":"o-plain"}`)
	top.awaitWait(t, "o-plain")
	top.cli(t, "workflow", "signal", "--workflow-id", "by-hand-2", "--name", "approval:order:o-plain", "--input", `{"action":"approve"}`)
	require.Contains(t, top.cli(t, append([]string{"workflow", "result", "--workflow-id", "by-hand-2"}, codec...)...), `"action":"approve"`)
}

var payloadData = regexp.MustCompile(`"data": "([^"]*)"`)

// payloads are what the payloads of a history hold, which the CLI shows in base64.
func payloads(history string) string {
	var all strings.Builder
	for _, m := range payloadData.FindAllStringSubmatch(history, -1) {
		if data, err := base64.StdEncoding.DecodeString(m[1]); err == nil {
			all.Write(data)
		}
	}
	return all.String() + history
}
