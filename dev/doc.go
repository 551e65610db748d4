// Package dev is `weir dev`: a whole Weir installation in one process, made for
// the hour in which a flow is written.
//
// Run starts embedded servers (package embedded), a worker and a gateway, serves
// stand-ins for the services that the flows talk to (package standin), keeps what
// flows send to people (package outbox), deploys the flows and deploys them again
// when their files change, and can start a run and show it live (package view).
//
// It imports installation and the rooms below it; only cmd imports it. It
// promises to use only ports from its base to base+31, to leave no process
// behind however it ends, and to find everything again in the same data folder.
package dev
