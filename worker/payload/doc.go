// Package payload looks after payloads on their way to and from Temporal: large ones go to the S3 store and leave a
// reference in the history, messages are kept within what the server takes, and where keys are set everything is encrypted.
//
// What it promises: code above sees whole, plain payloads whatever was done to them on the way; a payload that is small, or marked Inline, stays in
// the history as it is; a repeated request does nothing twice. It may import activities/store and what lies below.
package payload
