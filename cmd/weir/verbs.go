package main

import "github.com/spf13/cobra"

// verbs are all of weir's verbs, in the order of a day's work.
func verbs() []*cobra.Command {
	return []*cobra.Command{
		devCommand(), validateCommand(), testCommand(), graphCommand(), evalCommand(), replCommand(),
		deployCommand(), flowsCommand(), versionsCommand(), schedulesCommand(),
		runCommand(), runsCommand(), showCommand(), cancelCommand(),
		waitsCommand(), approveCommand(), rejectCommand(), resumeCommand(), reassignCommand(),
		resourcesCommand(), tokenCommand(),
		webhookCommand(),
		workerCommand(), gatewayCommand(), serveCommand(), healthCommand(),
	}
}
