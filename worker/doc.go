// Package worker is the Temporal side of Weir: it runs flows, starts them and talks to them.
//
// A run is one execution of the dynamic workflow Flow.Execute, whose type is the flow's slug. Read on in this order:
//
//	flow.go       the workflow: plan, input, lane; then a run, or an entry that starts one
//	plan.go       what a run needs of its definition, recorded once by the local activity "definition"
//	run.go        one evaluation of the body
//	host.go       what the body's flow/ functions do: input, time, ids
//	step.go       flow/step: options, occurrences, failures
//	activity.go   steps that are activities; placement.go says where they run
//	wait.go       steps that a decision ends; waitbook.go, decide.go, payload.go: what decides them
//	panel.go      waits that several approvers decide; reassign.go; notice.go what waits send, reminders too
//	entry.go      executions started under another ID than their lane's
//	journal.go    the timeline; details.go its Markdown in the Temporal Web UI
//	inbound.go    signals of any name, in the order of the history
//
//	recording.go  what a run depended on, for tests made of runs; rehearsal.go runs such tests without a server
//
// and, for whoever talks to runs: starter.go, deciding.go, runs.go, openwaits.go, schedules.go, attributes.go, client.go.
//
// It may import activities, definition, interpreter and the Temporal SDK, not the server.
//
// It promises: one run per lane, kept by the workflow ID; each decision counts once, whichever way it comes; workflow code
// that replays the same on every worker, from the history alone; a user's mistake fails the run with a typed error and
// never wedges it.
package worker
