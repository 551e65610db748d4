package jail

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"

	"github.com/traefik/yaegi/interp"

	"github.com/weir-run/weir/jail/check"
	"github.com/weir-run/weir/jail/symbols"
)

// childName is the name by which a process knows that it is a child.
const childName = "weir-go-function"

func init() {
	if len(os.Args) == 1 && os.Args[0] == childName {
		serve(os.Stdin, os.Stdout)
		os.Exit(0)
	}
}

type run func(map[string]any) (any, error)

// serve is the child's life.
func serve(in io.Reader, out io.Writer) {
	_, data, err := readFrame(in, MaxInput)
	var with setup
	if err != nil || json.Unmarshal(data, &with) != nil {
		return
	}
	if lacking := confine(with.Lack); len(lacking) > 0 && with.Mode != Available {
		tell(out, failed(CodeUnavailable, "run the worker where the kernel has them, or set "+Variable+"=available and trust every author of a flow",
			"Go functions need %s, which this machine doesn't have", strings.Join(lacking, " and ")))
		return
	}
	var trail bytes.Buffer
	f, problem := load(with.Source, &trail)
	if problem != nil {
		tell(out, problem)
		return
	}
	if writeFrame(out, kindReady, nil) != nil {
		return
	}
	for input := range frames(in) {
		trail.Reset()
		result, problem := call(f, input, &trail)
		if problem != nil {
			locate(problem, with.Source, trail.String())
			tell(out, problem)
			continue
		}
		kind := byte(kindValue)
		if kept() > MaxKept {
			kind = kindRetire
		}
		if writeFrame(out, kind, result) != nil {
			return
		}
	}
}

// frames reads ahead, so that a child notices when its parent is gone, whatever the function is doing.
func frames(in io.Reader) <-chan []byte {
	out := make(chan []byte)
	r := bufio.NewReader(in)
	go func() {
		for {
			_, data, err := readFrame(r, MaxInput)
			if err != nil {
				os.Exit(0)
			}
			out <- data
		}
	}()
	return out
}

func tell(out io.Writer, e *Error) {
	e.Message = short(e.Message)
	data, _ := json.Marshal(e)
	_ = writeFrame(out, kindError, data)
}

// maxMessage bounds what an error says.
const maxMessage = 4 << 10

func short(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if len(text) > maxMessage {
		return strings.ToValidUTF8(text[:maxMessage], "") + "..."
	}
	return text
}

// load compiles a function.
func load(source string, trail io.Writer) (f run, problem *Error) {
	defer func() {
		if r := recover(); r != nil {
			problem = failed(CodeUnsupported, "", "the interpreter can't compile it: %v", r)
		}
	}()
	text, name, begin := check.Prepare(source)
	i := interp.New(interp.Options{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: trail})
	exports := interp.Exports{".": {"MapTypes": reflect.ValueOf(symbols.MapTypes())}}
	for path, table := range symbols.Symbols {
		exports[path] = table
	}
	err := i.Use(exports)
	if err == nil {
		_, err = i.Eval(text)
	}
	var v reflect.Value
	if err == nil {
		v, err = i.Eval(name + ".Run")
	}
	if err != nil {
		p := failed(CodeUnsupported, "write it another way", "the interpreter can't run it: %v", err)
		var panicked interp.Panic
		if errors.As(err, &panicked) {
			p = failed(CodePanic, "", "a variable's value panicked: %v", panicked.Value)
		}
		if at := place.FindStringSubmatch(err.Error()); at != nil {
			p.Offset = offsetOf(text, at[1], at[2]) - begin
		}
		return nil, p
	}
	f, ok := v.Interface().(func(map[string]any) (any, error))
	if !ok {
		return nil, failed(CodeUnsupported, "write func Run(input map[string]any) (any, error)", "Run has another type")
	}
	return f, nil
}

func call(f run, data []byte, trail *bytes.Buffer) (result []byte, problem *Error) {
	input, err := decode(data)
	if err != nil {
		return nil, failed(CodeInput, "", "%v", err)
	}
	defer func() {
		if r := recover(); r != nil {
			problem = failed(CodePanic, "", "panic: %v", r)
		}
	}()
	v, err := f(input)
	if err != nil {
		return nil, failed(CodeError, "", "%s", err.Error())
	}
	if result, err = encode(v); err != nil {
		return nil, failed(CodeResult, "return maps, slices, texts, numbers, booleans and nil", "%v", err)
	}
	return result, nil
}

// place is what the interpreter says of where something is.
var place = regexp.MustCompile(`(?:^|\s|:)(\d+):(\d+): `)

// locate finds where a panic began: the interpreter notes every frame that it unwinds, innermost first.
func locate(e *Error, source, trail string) {
	if e.Code != CodePanic || e.Offset >= 0 {
		return
	}
	text, _, begin := check.Prepare(source)
	if at := place.FindStringSubmatch(trail); at != nil {
		e.Offset = offsetOf(text, at[1], at[2]) - begin
	}
}

func offsetOf(text, line, col string) int {
	l, _ := strconv.Atoi(line)
	c, _ := strconv.Atoi(col)
	at := 0
	for ; l > 1; l-- {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return min(at+max(c-1, 0), len(text))
}

// kept is how much memory the child holds.
func kept() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}

// bound sets the limits that the runtime keeps itself.
func bound() {
	debug.SetMaxStack(MaxStack)
	debug.SetMemoryLimit(MaxMemory / 2)
	debug.SetTraceback("none")
}

// decode reads an input: whole numbers are int64, others float64.
func decode(data []byte) (map[string]any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var m map[string]any
	if err := d.Decode(&m); err != nil {
		return nil, fmt.Errorf("read the input: %w", err)
	}
	numbers(m)
	return m, nil
}

func numbers(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			v[k] = numbers(x)
		}
	case []any:
		for i, x := range v {
			v[i] = numbers(x)
		}
	case json.Number:
		if n, err := strconv.ParseInt(string(v), 10, 64); err == nil {
			return n
		}
		f, _ := v.Float64()
		return f
	}
	return v
}
