package worker

import (
	"fmt"
	"strings"
)

// Frozen names: running histories and users depend on them.
const (
	// DefaultTaskQueue is where runs and their activities are.
	DefaultTaskQueue = "weir"
	// UpdateDecide decides a wait: {"key": ..., "value": {...}, "by": ...}.
	UpdateDecide = "decide"
	// UpdateReassign gives the place of an approver to another: {"key": ..., "from": ..., "to": ...}.
	UpdateReassign = "reassign"
	// QueryTimeline answers with a Timeline, QueryWaits with the open waits.
	QueryTimeline = "timeline"
	QueryWaits    = "waits"

	// QueryQueue asks a lane's queue for what waits in it.
	QueryQueue = "queue"

	activityDefinition = "definition"
	activityDecide     = "weir.decide" // an entry passes a decision on
	activityJoin       = "weir.join"   // an entry looks at its lane, and joins its queue
	activityServe      = "weir.serve"  // a queue lets one of its entries go ahead, and waits for its end
	activityIdle       = "weir.idle"   // an entry waits until nothing runs in its lane

	typeQueue   = "weir.queue"
	signalJoin  = "weir.join"
	signalLeave = "weir.leave"
	signalTurn  = "__weir.turn" // to an entry; no wait can have a key that begins like this

	queuePrefix = "weir.queue/" // the lane follows
	entryPrefix = "weir.entry/" // of the entries that Starters make
)

const (
	// maxWorkflowID is the longest workflow ID that Temporal takes.
	maxWorkflowID = 1_000
	// maxLane leaves room for the ID of the lane's queue.
	maxLane = maxWorkflowID - len(queuePrefix)
)

// LaneID is the workflow ID of a lane's runs: the flow's slug for a singleton (key ""), slug/key otherwise, with the key's bytes beyond ASCII as %XX. Temporal
// keeps at most one open run of an ID, which is what keeps a lane to one run. (Where versions coexist each has lanes of its own: see lane.go.)
func LaneID(slug, key string) (string, error) {
	if key == "" {
		return slug, nil
	}
	return checkedLane(slug+"/"+escapeKey(key), key)
}

func checkedLane(id, key string) (string, error) {
	if len(id) > maxLane {
		return "", fmt.Errorf("the key has %d bytes, and the lane's name, %.40s..., would have %d: at most %d are allowed", len(key), id, len(id), maxLane)
	}
	return id, nil
}

// QueueID is the workflow ID of a lane's queue.
func QueueID(lane string) string { return queuePrefix + lane }

// EntryID is the workflow ID of the entry that a Starter makes of a start that has to queue.
func EntryID(slug, start string) string { return entryPrefix + slug + "/" + start }

// escapeKey keeps a key as it is where it is printable ASCII without a per cent sign, and writes other bytes as %XX:
// Temporal's clients send workflow IDs in a header.
func escapeKey(key string) string {
	var b strings.Builder
	for i := range len(key) {
		if c := key[i]; c < ' ' || c > '~' || c == '%' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// foreignLane tells whether a run of slug under that workflow ID would occupy another lane of its own flow.
func foreignLane(workflowID, slug, lane string) bool {
	return workflowID != lane && isLaneOf(workflowID, slug)
}

// isLaneOf tells whether a workflow ID is that of one of the lanes of slug.
func isLaneOf(workflowID, slug string) bool {
	rest, ok := strings.CutPrefix(workflowID, slug)
	return ok && (rest == "" || rest[0] == '/' || rest[0] == '@')
}

// ScheduleID names the Temporal schedule of one of a flow's schedules.
func ScheduleID(slug, id string) string { return schedulePrefix(slug) + id }

func schedulePrefix(slug string) string { return slug + "/schedule/" }

// scheduledID begins the workflow IDs of the entries that a schedule starts; Temporal adds the time.
func scheduledID(slug, id string) string { return "weir.schedule/" + slug + "/" + id }

// IsEntry tells whether a workflow ID is that of an entry which a Starter made of a queued start.
func IsEntry(workflowID string) bool { return strings.HasPrefix(workflowID, entryPrefix) }

// SlugOf is the flow of a run or an entry that a Starter made.
func SlugOf(workflowID string) string {
	slug := strings.TrimPrefix(workflowID, entryPrefix)
	if i := strings.IndexAny(slug, "/@"); i >= 0 {
		return slug[:i]
	}
	return slug
}
