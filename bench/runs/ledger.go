package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"go.temporal.io/sdk/client"
)

// line is one event of a history: its bytes, and those of them that are somebody's data.
type line struct {
	Event string
	Bytes int
	Data  int // of arguments, results and marker payloads, without their metadata
}

// ledger is the history of one run, event by event.
func ledger(ctx context.Context, c client.Client, workflowID, runID string) ([]line, error) {
	var lines []line
	events := c.GetWorkflowHistory(ctx, workflowID, runID, false, 0)
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			return nil, err
		}
		lines = append(lines, line{Event: eventName(e), Bytes: proto.Size(e), Data: dataIn(e.ProtoReflect())})
	}
	return lines, nil
}

func eventName(e *historypb.HistoryEvent) string {
	name := e.GetEventType().String()
	if a := e.GetActivityTaskScheduledEventAttributes(); a != nil {
		return name + " " + a.GetActivityId()
	}
	if e.GetMarkerRecordedEventAttributes() != nil {
		return name + " " + string(e.GetUserMetadata().GetSummary().GetData())
	}
	return name
}

// dataIn sums what payloads hold anywhere in a message.
func dataIn(m protoreflect.Message) int {
	if p, ok := m.Interface().(*commonpb.Payload); ok {
		return len(p.GetData())
	}
	sum := 0
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.IsMap() && f.MapValue().Message() != nil:
			v.Map().Range(func(_ protoreflect.MapKey, v protoreflect.Value) bool {
				sum += dataIn(v.Message())
				return true
			})
		case f.IsList() && f.Message() != nil:
			for i := range v.List().Len() {
				sum += dataIn(v.List().Get(i).Message())
			}
		case !f.IsMap() && f.Message() != nil:
			sum += dataIn(v.Message())
		}
		return true
	})
	return sum
}

// printLedgers writes the history of one run of each kind.
func printLedgers(out io.Writer, kinds []string, all map[string][]line) error {
	for _, kind := range kinds {
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintf(w, "\n%s\tbytes\tof them data\n", kind)
		bytes, data := 0, 0
		for _, l := range all[kind] {
			fmt.Fprintf(w, "%s\t%d\t%d\n", l.Event, l.Bytes, l.Data)
			bytes, data = bytes+l.Bytes, data+l.Data
		}
		fmt.Fprintf(w, "together\t%d\t%d\n", bytes, data)
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return nil
}
