// Package view shows a run as it goes: Plain as lines for pipes and logs, Live as
// a screen that redraws itself and takes decisions by key.
//
// It imports worker for what a run tells of itself, and no other room. It shows
// what it is given and never asks; no secret and no token but those in the links
// of open waits reaches it.
package view
