package gateway

import (
	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/worker"
)

// What production gives the gateway, and what the gateway gives the rooms below.
var (
	_ Runs                 = (*worker.Starter)(nil)
	_ Flows                = (*store.Versions)(nil)
	_ Secrets              = (*binding.Source)(nil)
	_ activities.LinkMaker = (*Links)(nil)
)
