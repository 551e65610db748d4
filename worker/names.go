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
	// QueryTimeline answers with a Timeline, QueryWaits with the open waits.
	QueryTimeline = "timeline"
	QueryWaits    = "waits"

	activityDefinition = "definition"
	activityDecide     = "weir.decide" // an entry passes a decision on
)

// maxWorkflowID is the longest workflow ID that Temporal takes.
const maxWorkflowID = 1_000

// LaneID is the workflow ID of a lane's runs: the flow's slug for a singleton (key ""), slug/key otherwise, with the key's bytes beyond ASCII as %XX. Temporal
// keeps at most one open run of an ID, which is what keeps a lane to one run.
func LaneID(slug, key string) (string, error) {
	if key == "" {
		return slug, nil
	}
	id := slug + "/" + escapeKey(key)
	if len(id) > maxWorkflowID {
		return "", fmt.Errorf("the key has %d bytes, and with the slug it may have at most %d", len(key), maxWorkflowID)
	}
	return id, nil
}

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
	return workflowID != lane && (workflowID == slug || strings.HasPrefix(workflowID, slug+"/"))
}

// ScheduleID names the Temporal schedule of one of a flow's schedules.
func ScheduleID(slug, id string) string { return schedulePrefix(slug) + id }

func schedulePrefix(slug string) string { return slug + "/schedule/" }

// scheduledID begins the workflow IDs of the entries that a schedule starts; Temporal adds the time.
func scheduledID(slug, id string) string { return "weir.schedule/" + slug + "/" + id }
