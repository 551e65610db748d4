package main

import "github.com/spf13/cobra"

// verbs are all of weir's verbs, in the order of a day's work.
func verbs() []*cobra.Command {
	return []*cobra.Command{
		devCommand(), validateCommand(), graphCommand(), evalCommand(), replCommand(),
		deployCommand(), flowsCommand(), versionsCommand(),
		runCommand(), runsCommand(), showCommand(), cancelCommand(),
		waitsCommand(), approveCommand(), rejectCommand(), resumeCommand(),
		webhookCommand(),
		workerCommand(), gatewayCommand(), serveCommand(), healthCommand(),
	}
}
