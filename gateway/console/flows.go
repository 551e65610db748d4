package console

import (
	"context"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/definition/picture"
	"github.com/weir-run/weir/worker"
)

// flowLine is a flow in the list.
type flowLine struct {
	Slug, Name, Description string
	Version                 int
	Deployed                time.Time
	Doors                   []string
}

// listCalls is how many flows are read at once.
const listCalls = 8

func (c *Console) showFlows(w http.ResponseWriter, r *http.Request, s session) {
	slugs, err := c.Flows.Slugs(r.Context())
	lines := make([]flowLine, len(slugs))
	if err == nil {
		group, ctx := errgroup.WithContext(r.Context())
		group.SetLimit(listCalls)
		for i, slug := range slugs {
			group.Go(func() error { return c.flowLine(ctx, slug, &lines[i]) })
		}
		err = group.Wait()
	}
	if err != nil {
		c.fault(w, err)
		return
	}
	c.render(w, http.StatusOK, "flows", "Flows", s, lines)
}

// flowLine tells of one flow. A definition that can't be read any more is still listed.
func (c *Console) flowLine(ctx context.Context, slug string, into *flowLine) error {
	*into = flowLine{Slug: slug, Name: slug}
	versions, err := c.Flows.List(ctx, slug)
	if err != nil || len(versions) == 0 {
		return err
	}
	into.Version, into.Deployed = versions[0].Number, versions[0].At
	if f, err := c.Flows.Get(ctx, slug, versions[0].Number); err == nil {
		into.Name, into.Description, into.Doors = f.Name, f.Description, doorsOf(f)
	}
	return nil
}

// doorsOf names what starts a flow, in a word each.
func doorsOf(f *definition.Flow) []string {
	var doors []string
	for _, d := range []struct {
		name string
		door *definition.Interface
	}{{"manual", f.Manual}, {"http", f.HTTP}, {"webhook", f.Webhook}} {
		if d.door != nil && d.door.Enabled {
			doors = append(doors, d.name)
		}
	}
	if slices.ContainsFunc(f.MCP, func(i *definition.Interface) bool { return i.Enabled }) {
		doors = append(doors, "mcp")
	}
	if len(f.Schedules) > 0 {
		doors = append(doors, "schedule")
	}
	return doors
}

// flowPage is one flow.
type flowPage struct {
	Flow     *definition.Flow
	Version  int
	Versions []versionLine
	Picture  template.HTML
	Starts   []startLine
	Manual   bool // there is a form that starts it
	Runs     []runLine
}

type versionLine struct {
	Number int
	Digest string
	At     time.Time
	Live   bool
	Pruned bool
}

// startLine is one way to start a flow: what to type.
type startLine struct{ Title, Text string }

// shownRuns is how many runs a flow's page lists.
const shownRuns = 10

func (c *Console) showFlow(w http.ResponseWriter, r *http.Request, s session) {
	ctx, slug := r.Context(), r.PathValue("slug")
	versions, err := c.Flows.List(ctx, slug)
	if err != nil {
		c.fault(w, err)
		return
	}
	if len(versions) == 0 {
		c.notice(w, http.StatusNotFound, "There is no such flow", "Nobody has deployed a flow of that name here.")
		return
	}
	p := flowPage{Version: versions[0].Number}
	for i, v := range versions {
		p.Versions = append(p.Versions, versionLine{Number: v.Number, Digest: v.Digest[:min(12, len(v.Digest))], At: v.At, Live: i == 0, Pruned: !v.Pruned.IsZero()})
	}
	if p.Flow, err = c.Flows.Get(ctx, slug, p.Version); err != nil {
		c.fault(w, err)
		return
	}
	p.Picture = template.HTML(definition.Graph(p.Flow).Inline(picture.Overlay{})) //nolint:gosec // package picture escapes what it draws
	p.Starts = c.starts(p.Flow)
	p.Manual = p.Flow.Manual != nil && p.Flow.Manual.Enabled
	if runs, _, err := c.Runs.List(ctx, worker.ListRequest{Slug: slug, Limit: shownRuns}); err == nil {
		p.Runs = c.runLines(runs)
	}
	c.render(w, http.StatusOK, "flow", p.Flow.Name, s, p)
}

// starts tells how to start a flow, with commands that can be copied.
func (c *Console) starts(f *definition.Flow) []startLine {
	base := strings.TrimRight(c.PublicURL, "/")
	lines := []startLine{{"On the command line", "weir run " + f.Slug + " --input '{…}' --follow"}}
	if f.Webhook != nil && f.Webhook.Enabled {
		lines = append(lines, startLine{"By webhook, signed as its :auth wants it", "POST " + base + "/hooks/" + f.Slug + "/" + f.Webhook.EventName})
	}
	if f.HTTP != nil && f.HTTP.Enabled {
		lines = append(lines, startLine{"By HTTP, answered with the result", strings.ToUpper(f.HTTP.Method) + " " + base + "/flows/" + f.Slug + "/interfaces/" + f.HTTP.ID})
	}
	for _, i := range f.MCP {
		if i.Enabled {
			lines = append(lines, startLine{"As the tool " + f.Slug + "__" + i.ID + " of the Model Context Protocol", base + "/mcp"})
		}
	}
	for _, sch := range f.Schedules {
		text := sch.Cron + " " + sch.Timezone
		if !sch.Enabled {
			text += " (off)"
		}
		lines = append(lines, startLine{"By schedule", text})
	}
	return append(lines, startLine{"With Temporal’s own CLI", "temporal workflow start --task-queue weir --type " + f.Slug + " --input '{…}'"})
}
