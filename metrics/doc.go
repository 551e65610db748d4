// Package metrics counts and measures for Prometheus: starts and decisions at the doors, steps in the worker, and what
// the Temporal SDK counts by itself.
//
// It imports nothing of ours. Labels are slugs, step ids and words of our own, never input; their number is bounded:
// past MaxSeries of a metric, new ones are counted as "other". A nil *Metrics counts nothing.
package metrics
