// Package layout places the boxes of a layered graph: ranks from top to bottom, few crossings, straight lines, frames
// around groups, lines back to the start of a loop on their right.
//
// It imports nothing of ours. The same graph always gets the same places.
package layout
