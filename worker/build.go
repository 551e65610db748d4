package worker

import (
	"runtime/debug"
	"sync"

	"go.temporal.io/sdk/temporal"
)

// maxBuildID bounds what every event of a history repeats.
const maxBuildID = 12

// attributeBuilds is Temporal's own: the builds whose workers worked on a run.
var attributeBuilds = temporal.NewSearchAttributeKeyKeywordList("BuildIds")

// foreseenBuild is what Temporal's search attribute of builds will be once a worker of this build, which is likely, has worked on the
// run. Where it is that already, Temporal needn't write the run to its index once more between its start and its end.
func foreseenBuild() temporal.SearchAttributeUpdate {
	return attributeBuilds.ValueSet([]string{"unversioned", "unversioned:" + buildID()})
}

// buildID names this build in the events that its workers write: the commit or the module's version, as far as Go
// recorded them. (Without one the SDK would read and sum the whole binary.)
var buildID = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "weir"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && s.Value != "" {
			return s.Value[:min(len(s.Value), maxBuildID)]
		}
	}
	if v := info.Main.Version; v != "" && len(v) <= maxBuildID {
		return v
	}
	return "weir"
})
