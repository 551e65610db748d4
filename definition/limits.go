package definition

import "github.com/weir-run/weir/definition/body"

// Limits of a definition. Sizes are bytes of text, comments and white space included.
const (
	// MaxDefinition is the size of a definition without its :templates and :functions.
	MaxDefinition = 150 << 10
	// MaxPart is the size of one template or one function.
	MaxPart = 1 << 20
	// MaxText is the size of a whole text, includes resolved.
	MaxText = 16 << 20
	// MaxSteps is how many steps a definition may declare: flow/step calls in its text.
	MaxSteps = 500
	// MaxIncludeDepth is how deep files may include each other.
	MaxIncludeDepth = 16
	// MaxWait is the longest that a wait may last, MaxSleep a :sleep step.
	MaxWait  = body.MaxWait
	MaxSleep = body.MaxSleep
	// MaxApprovers is how many people a wait may ask, MaxApprover how many bytes the name of one has, MaxReminders how often they are reminded.
	MaxApprovers = body.MaxApprovers
	MaxApprover  = body.MaxApprover
	MaxReminders = body.MaxReminders
	// MaxItems is the most items of a :fanout step, MaxConcurrency how many may be under way at once.
	MaxItems       = body.MaxItems
	MaxConcurrency = body.MaxConcurrency
	// MaxLaneKey is the size of a lane key: it becomes part of a workflow ID.
	MaxLaneKey = 512
)
