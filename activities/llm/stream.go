package llm

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/weir-run/weir/activities/fault"
)

// maxEvent bounds one event of a stream.
const maxEvent = 1 << 20

// Stream gives an answer's text as it comes. Read to its end, it has the Answer, without the text. Its errors are faults.
type Stream struct {
	api    string
	lines  *bufio.Scanner
	answer Answer
	ready  string
	over   bool
	err    error
}

// NewStream reads server-sent events.
func NewStream(api string, r io.Reader) *Stream {
	s := &Stream{api: api, lines: bufio.NewScanner(r)}
	s.lines.Buffer(make([]byte, 0, 4<<10), maxEvent)
	return s
}

// Answer is what is known when the stream has ended.
func (s *Stream) Answer() Answer { return s.answer }

// Read gives the next piece of the text.
func (s *Stream) Read(p []byte) (int, error) {
	for s.ready == "" {
		if s.err != nil {
			return 0, s.err
		}
		s.err = s.next()
	}
	n := copy(p, s.ready)
	s.ready = s.ready[n:]
	return n, nil
}

// next takes one event. Formats name what an event is in its data, too, so that one line is one event.
func (s *Stream) next() error {
	for s.lines.Scan() {
		data, ok := strings.CutPrefix(s.lines.Text(), "data:")
		if !ok {
			continue
		}
		data = strings.TrimSpace(data)
		if data == "[DONE]" {
			s.over = true
			continue
		}
		if s.api == Anthropic {
			return s.message([]byte(data))
		}
		return s.completion([]byte(data))
	}
	var own *fault.Error
	switch err := s.lines.Err(); {
	case errors.As(err, &own):
		return own
	case err != nil:
		return fault.New(CodeProtocol, "the provider's stream can't be read: %v", err)
	case !s.over || s.answer.Stop == "":
		return fault.Passing(fault.HTTPConnection, "the provider's stream broke off")
	case s.answer.Stop == StopRefused:
		return fault.New(CodeRefused, "the model won't answer")
	}
	return io.EOF
}

func (s *Stream) completion(data []byte) error {
	var c completion
	if err := json.Unmarshal(data, &c); err != nil {
		return fault.New(CodeProtocol, "an event of the provider's stream is no chat completion")
	}
	if c.Error != nil {
		return fault.Passing(fault.HTTPConnection, "the provider's stream ended with an error: %s", shortened(c.Error.Message))
	}
	if c.Model != "" {
		s.answer.Model = c.Model
	}
	if c.Usage.Input > 0 {
		s.answer.Input, s.answer.Output = c.Usage.Input, c.Usage.Output
	}
	for _, choice := range c.Choices {
		s.ready += choice.Delta.Content
		if choice.Delta.Refusal != "" {
			s.answer.Stop = StopRefused
		}
		if choice.Finish != "" && s.answer.Stop == "" {
			s.answer.Stop = stopOf(choice.Finish)
		}
	}
	return nil
}

// event is an event of a stream of messages.
type event struct {
	Type    string `json:"type"`
	Message reply  `json:"message"`
	Delta   struct {
		Text string `json:"text"`
		Stop string `json:"stop_reason"`
	} `json:"delta"`
	Usage struct {
		Output int64 `json:"output_tokens"`
	} `json:"usage"`
	Error struct {
		Message string `json:"message"`
	} `json:"error"`
}

func (s *Stream) message(data []byte) error {
	var e event
	if err := json.Unmarshal(data, &e); err != nil || e.Type == "" {
		return fault.New(CodeProtocol, "an event of the provider's stream is none of messages")
	}
	switch e.Type {
	case "error":
		return fault.Passing(fault.HTTPConnection, "the provider's stream ended with an error: %s", shortened(e.Error.Message))
	case "message_start":
		s.answer.Model, s.answer.Input = e.Message.Model, e.Message.Usage.Input
	case "content_block_delta":
		s.ready += e.Delta.Text
	case "message_delta":
		s.answer.Stop, s.answer.Output = stopOf(e.Delta.Stop), e.Usage.Output
	case "message_stop":
		s.over = true
	}
	return nil
}
