// Package llm speaks the two wire formats by which language models are asked: chat completions as OpenAI has them, and messages as
// Anthropic has them. It makes the body of a request and reads its answer, whole or as a stream of events.
//
// It may import activities/fault, interpreter/value and interpreter/wire.
package llm
