package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/weir-run/weir/installation"
	"github.com/weir-run/weir/worker"
)

// shownTimes is how many firings to come and past ones the table shows of each schedule.
const shownTimes = 3

func schedulesCommand() *cobra.Command {
	var pause, resume, trigger, note string
	cmd := &cobra.Command{
		Use:   "schedules [SLUG]",
		Short: "List schedules with their next times, and pause, resume or fire one",
		Long: "List the schedules of one flow or of all, as Temporal has them: when they fire next, in their own time zone, why one is\n" +
			"paused, and what fired last.\n\n" +
			"A schedule that you pause stays paused over deploys. One that Weir paused, because its flow disables it or its :input is\n" +
			"not enough, can't be resumed by hand: change the flow and deploy it.",
		Example: "  weir schedules\n" +
			"  weir schedules order-orchestration --pause hourly --note \"the API is down\"\n" +
			"  weir schedules order-orchestration --trigger hourly",
		Args: cobra.MaximumNArgs(1),
	}
	cmd.Flags().StringVar(&pause, "pause", "", "pause this schedule of SLUG")
	cmd.Flags().StringVar(&note, "note", "", "with --pause: why")
	cmd.Flags().StringVar(&resume, "resume", "", "resume this schedule of SLUG")
	cmd.Flags().StringVar(&trigger, "trigger", "", "fire this schedule of SLUG now")
	cmd.MarkFlagsMutuallyExclusive("pause", "resume", "trigger")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		id := cmp.Or(pause, resume, trigger)
		switch {
		case id != "" && len(args) == 0:
			return usage(errors.New("name the flow whose schedule it is: weir schedules SLUG"))
		case note != "" && pause == "":
			return usage(errors.New("--note goes with --pause"))
		}
		open, err := openInstallation(cmd, installation.Deployer)
		if err != nil {
			return err
		}
		defer open.Close()
		slug := strings.Join(args, "")
		ctx, done := cmd.Context(), ""
		switch {
		case pause != "":
			done, err = "paused", worker.PauseSchedule(ctx, open.Client, slug, id, note)
		case resume != "":
			done, err = "resumed", worker.ResumeSchedule(ctx, open.Client, slug, id)
		case trigger != "":
			done, err = "fired", worker.TriggerSchedule(ctx, open.Client, slug, id)
		default:
			states, err := open.Schedules(ctx, slug)
			if err != nil {
				return unknownFlow(slug, err)
			}
			return printSchedules(cmd, states, *asJSON)
		}
		if err != nil {
			return failed(err)
		}
		if *asJSON {
			return printJSON(cmd, map[string]string{"slug": slug, "id": id, "outcome": done})
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s schedule %s of %s\n", done, id, slug)
		return nil
	}
	return cmd
}

func printSchedules(cmd *cobra.Command, states []worker.ScheduleState, asJSON bool) error {
	if asJSON {
		return printJSON(cmd, states)
	}
	out := cmd.OutOrStdout()
	for _, s := range states {
		fmt.Fprintf(out, "%s %s  %s %s  %s\n", s.Slug, s.ID, s.Cron, s.Timezone, s.State)
		if s.Label != "" {
			fmt.Fprintf(out, "  label    %s\n", s.Label)
		}
		if s.Reason != "" {
			fmt.Fprintf(out, "  because  %s\n", s.Reason)
		}
		zone := zoneOf(s.Timezone)
		for i, at := range s.Next[:min(shownTimes, len(s.Next))] {
			fmt.Fprintf(out, "  %-8s %s\n", first(i, "next"), at.In(zone).Format("2006-01-02 15:04:05 MST"))
		}
		for i, f := range s.Recent[max(0, len(s.Recent)-shownTimes):] {
			late := ""
			if by := f.At.Sub(f.For).Round(time.Second); by > time.Second {
				late = fmt.Sprintf(" (%s late)", by)
			}
			fmt.Fprintf(out, "  %-8s %s%s  %s\n", first(i, "fired"), f.For.In(zone).Format("2006-01-02 15:04:05 MST"), late, f.WorkflowID)
		}
		if s.Missed > 0 {
			fmt.Fprintf(out, "  missed   %d, each more than %s late when the server was back\n", s.Missed, s.Catchup)
		}
	}
	if len(states) == 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), "No schedules.")
	}
	return nil
}

// first is text on the first of several lines.
func first(i int, text string) string {
	if i > 0 {
		return ""
	}
	return text
}

func zoneOf(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return zone
}
