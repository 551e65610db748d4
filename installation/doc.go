// Package installation puts one Weir installation together: it reads what the
// environment says of it, opens Temporal, Redis and the S3 store, and makes of
// them the worker and the gateway that production and dev mode run.
//
// It imports gateway and what lies below; dev and cmd import it. It promises
// that a process which cannot work says so at its start, naming everything that
// it lacks at once, and that closing what it opened leaves nothing running.
package installation
