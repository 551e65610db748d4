package worker

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"go.temporal.io/sdk/converter"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// memo is what a run that is continued as new remembers: every moment at which a line of its evaluation (the body, or a
// branch of it) went on with something from outside, in the order in which they happened. The body is evaluated again
// from the top; a line that asks for something in the memo gets it when it is its turn, so that lines interleave
// exactly as they did, and what they share is changed in the same order.
type memo struct {
	past   []resumption
	index  map[string]int // of past, by what resumed
	turn   int            // the place in past of the one that is next
	fresh  []resumption   // since the run was last continued
	sealed []converter.RawValue
}

// resumption is one moment of a memo. A timer's has nothing but its name and time.
type resumption struct {
	Of       string          `json:"s"` // what resumed: a step, a poll's pause
	At       int64           `json:"t"` // workflow time in nanoseconds since 1970
	Result   json.RawMessage `json:"r,omitempty"`
	Attempts int             `json:"a,omitempty"`
	Local    bool            `json:"l,omitempty"`
	Failure  *remembered     `json:"f,omitempty"`
	Wait     *endedWait      `json:"w,omitempty"`
}

// remembered is a failure.
type remembered struct {
	Code     string  `json:"c"`
	Message  string  `json:"m"`
	Status   int     `json:"s,omitempty"`
	Attempts int     `json:"a,omitempty"`
	Data     *wire.V `json:"d,omitempty"`
}

// endedWait is how a wait ended.
type endedWait struct {
	State      string    `json:"s"`
	Value      *wire.V   `json:"v,omitempty"`
	By         string    `json:"b,omitempty"`
	ID         string    `json:"i,omitempty"`
	Occurrence int       `json:"n,omitempty"`
	At         time.Time `json:"t,omitzero"`
	Votes      []Vote    `json:"o,omitempty"`
	Notice     *Entry    `json:"e,omitempty"` // the timeline's entry of its notification
	More       []Entry   `json:"m,omitempty"` // of other notifications, of reminders and of reassignments
}

// notices are the timeline's entries of all that the wait sent.
func (e *endedWait) notices() []Entry {
	if e.Notice == nil {
		return nil
	}
	return append([]Entry{*e.Notice}, e.More...)
}

// behind tells whether there is something left that the run did before it was continued.
func (m *memo) behind() bool { return m.turn < len(m.past) }

// at is the workflow time of a resumption.
func (e *resumption) at() time.Time { return time.Unix(0, e.At).UTC() }

func remember(f *failure) *remembered {
	r := &remembered{Code: f.Code, Message: f.Message, Status: f.Status, Attempts: f.Attempts}
	if !f.Data.IsNil() {
		r.Data = &wire.V{Value: f.Data}
	}
	return r
}

func (r *remembered) failure() *failure {
	f := &failure{Code: r.Code, Message: r.Message, Status: r.Status, Attempts: r.Attempts}
	if r.Data != nil {
		f.Data = r.Data.Value
	}
	return f
}

func rememberWait(w *wait, notices []Entry) *endedWait {
	e := &endedWait{State: w.state, Votes: w.shownVotes()}
	if len(notices) > 0 {
		e.Notice, e.More = &notices[0], notices[1:]
	}
	if w.state != StateDecided {
		return e
	}
	o := w.decision
	if !o.Value.IsNil() {
		e.Value = &wire.V{Value: o.Value}
	}
	e.By, e.ID, e.Occurrence, e.At = o.By, o.ID, o.Occurrence, o.At
	return e
}

func (e *endedWait) offer() offer {
	o := offer{By: e.By, ID: e.ID, Occurrence: e.Occurrence, At: e.At}
	if e.Value != nil {
		o.Value = e.Value.Value
	}
	return o
}

// carried is what a continued run takes along besides its memo.
type carried struct {
	Plan     activities.Plan   `json:"plan"`
	Started  time.Time         `json:"started"` // when the run began
	Began    time.Time         `json:"began"`   // when its body did
	Seed     []byte            `json:"seed,omitempty"`
	Kept     []keptOffer       `json:"kept,omitempty"`    // decisions that no wait has taken
	Taken    []string          `json:"taken,omitempty"`   // ids of decisions that have arrived
	Notices  map[string]Entry  `json:"notices,omitempty"` // of open waits, by step: what became of their notification
	Seats    map[string][]seat `json:"seats,omitempty"`   // of open waits, by step: who is asked now
	Segments int               `json:"segments,omitempty"`
}

// keptOffer is a decision for a wait that the run has yet to reach, or one of several that an open wait takes.
type keptOffer struct {
	Key        string    `json:"k"`
	Value      *wire.V   `json:"v,omitempty"`
	By         string    `json:"b,omitempty"`
	ID         string    `json:"i,omitempty"`
	Occurrence int       `json:"n,omitempty"`
	Approver   string    `json:"a,omitempty"`
	At         time.Time `json:"t"`
}

// Segments of a memo are arguments of their own: one that is full is passed on as it is.
const (
	// fullSegment is how many bytes, deflated, make a segment full. Payloads of that size leave the history for the store.
	fullSegment = 128 << 10
	// fullText is how many bytes of JSON make it full, however small they are deflated. One value alone may have more.
	fullText = 8 << 20
	// maxSegment bounds what a segment is inflated to.
	maxSegment = 64 << 20
)

// seal writes the memo as segments: those it was read from, and what is new.
func (m *memo) seal() ([]converter.RawValue, error) {
	segments, fresh := m.sealed, m.fresh
	if n := len(segments); n > 0 && len(segments[n-1].Payload().GetData()) < fullSegment {
		last, text, err := readSegment(segments[n-1])
		if err != nil {
			return nil, err
		}
		if text < fullText {
			segments, fresh = segments[:n-1:n-1], append(last, fresh...)
		}
	}
	segments = segments[:len(segments):len(segments)]
	var texts []json.RawMessage
	size := 0
	for i := range fresh {
		text, err := encodeJSON(fresh[i])
		if err != nil {
			return nil, fmt.Errorf("write the memo: %w", err)
		}
		if len(texts) > 0 && size+len(text) > fullText {
			if segments, err = appendSegment(segments, texts); err != nil {
				return nil, err
			}
			texts, size = nil, 0
		}
		texts, size = append(texts, text), size+len(text)
	}
	if len(texts) == 0 {
		return segments, nil
	}
	return appendSegment(segments, texts)
}

// open reads the memo.
func (m *memo) open(segments []converter.RawValue) error {
	m.sealed, m.index = segments, map[string]int{}
	for _, segment := range segments {
		part, _, err := readSegment(segment)
		if err != nil {
			return err
		}
		m.past = append(m.past, part...)
	}
	for i := range m.past {
		m.index[m.past[i].Of] = i
	}
	if len(m.index) != len(m.past) {
		return errors.New("read the memo: something stands in it twice")
	}
	return nil
}

// appendSegment adds one of these resumptions, deflated; a payload is a JSON string of base64.
func appendSegment(segments []converter.RawValue, texts []json.RawMessage) ([]converter.RawValue, error) {
	data, err := encodeJSON(texts)
	if err != nil {
		return nil, fmt.Errorf("write the memo: %w", err)
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("write the memo: %w", err)
	}
	return append(segments, converter.NewRawValue(jsonPayload([]byte(`"`+base64.StdEncoding.EncodeToString(b.Bytes())+`"`)))), nil
}

// readSegment gives a segment's resumptions, and how many bytes of JSON they are.
func readSegment(segment converter.RawValue) (part []resumption, text int, err error) {
	var packed []byte
	err = DataConverter().FromPayload(segment.Payload(), &packed)
	var data []byte
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxSegment))
	}
	if err == nil {
		err = json.Unmarshal(data, &part)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read the memo: %w", err)
	}
	return part, len(data), nil
}

// payload is a result as the activity gave it.
func (e *resumption) payload() converter.RawValue {
	p := jsonPayload(e.Result)
	if e.Attempts > 1 {
		p.Metadata[metadataAttempts] = []byte(itoa(e.Attempts))
	}
	return converter.NewRawValue(p)
}

// divergence is why a run can't go on: what it asks for isn't what it did. The task fails and is tried again, by another
// worker or build.
func divergence(format string, args ...any) {
	panic("the run's memo is not what its body does: the code that continues it isn't the code that ran: " + fmt.Sprintf(format, args...))
}

// continued ends the evaluation of a run that goes on as a new execution: no try sees it.
func continued() *value.LimitError {
	return &value.LimitError{Code: codeContinued, Message: "the run is continued as new"}
}

const codeContinued = "continued"
