package value

import "fmt"

// Exception is what throw throws and catch catches; Go code raises it by panic(*Exception) (Throw), and
// the evaluator's mouth (package interpreter) turns it into an error.
type Exception struct {
	Class   string     // simple Java name: ExceptionInfo, ArithmeticException, ...; see classes
	Message string     // ex-message
	Silent  bool       // ex-message is nil, not an empty string
	Data    Value      // ex-data: a map or nil
	Cause   *Exception // ex-cause
	Pos     Pos        // where it was thrown, filled by the evaluator
	Stack   []Frame    // innermost first: named functions
	Hint    string     // for people, not part of the language's result
	Code    string     // diagnostic code, e.g. "wrong-arity"; default "exception"
}

// Frame is one call that was under way.
type Frame struct {
	Fn  string
	Pos Pos // of the call
}

// Error is "Class: message".
func (e *Exception) Error() string {
	if e.Message == "" {
		return e.Class
	}
	return e.Class + ": " + e.Message
}

// IsA tells whether a catch of class name (Exception, Throwable, RuntimeException,
// clojure.lang.ExceptionInfo, java.lang.X, :default, ...) takes e.
func (e *Exception) IsA(class string) bool {
	want := simpleClass(class)
	if want == "Throwable" || want == ":default" || want == "Object" {
		return true
	}
	for c := e.Class; c != ""; c = classes[c].parent {
		if c == want {
			return true
		}
	}
	return want == "IExceptionInfo" && e.Class == "ExceptionInfo"
}

// NewException makes an exception without throwing it.
func NewException(class, message string, data Value, cause *Exception) *Exception {
	return &Exception{Class: class, Message: message, Data: data, Cause: cause}
}

// AsException returns the exception and whether v is one.
func (v Value) AsException() (*Exception, bool) {
	e, ok := v.ref.(*Exception)
	return e, ok
}

// Throw panics with an Exception of that class.
func Throw(class, format string, args ...any) {
	message := format
	if len(args) > 0 {
		message = fmt.Sprintf(format, args...)
	}
	panic(&Exception{Class: class, Message: message})
}

// ThrowHint is Throw with a diagnostic code and a hint for people.
func ThrowHint(class, code, hint, format string, args ...any) {
	message := format
	if len(args) > 0 {
		message = fmt.Sprintf(format, args...)
	}
	panic(&Exception{Class: class, Message: message, Code: code, Hint: hint})
}

// ThrowArity throws the ArityException of a call with n arguments to the named function.
func ThrowArity(name string, n int) { throwArity(name, n) }

func throwArity(name string, n int) {
	panic(&Exception{Class: "ArityException", Code: "wrong-arity",
		Message: fmt.Sprintf("Wrong number of args (%d) passed to: %s", n, name)})
}

// ThrowCast throws the ClassCastException of a v that had to be what the Java type want is.
func ThrowCast(v Value, want string) {
	if v.IsNil() {
		throwNil("x", want)
	}
	panic(castException(v, want))
}

func castException(v Value, want string) *Exception {
	return &Exception{Class: "ClassCastException", Code: "wrong-type",
		Message: fmt.Sprintf("class %s cannot be cast to class %s", ClassName(v), want),
		Hint:    fmt.Sprintf("this is %s (%s) where a %s is needed", AKind(v), brief(v), friendlyClass(want))}
}

// brief is the beginning of a scalar's printed form, or the class of anything else: for hints.
func brief(v Value) string {
	const enough = 40
	switch v.Kind() {
	case KindString:
		if Units(v.text(4*enough)) > enough {
			return PrStr(nil, String(CutText(v.text(4*enough), enough)+"..."))
		}
		return PrStr(nil, v)
	case KindInt, KindDouble, KindChar, KindBool, KindKeyword, KindSymbol:
		return PrStr(nil, v)
	}
	return "a " + ClassName(v)
}

// text is at most the first n bytes of a string.
func (v Value) text(n int) string {
	s, _ := v.AsString()
	return s[:min(n, len(s))]
}

func throwNil(name, want string) {
	panic(&Exception{Class: "NullPointerException", Code: "nil-value",
		Message: fmt.Sprintf("Cannot invoke \"Object.getClass()\" because \"%s\" is null", name),
		Hint:    fmt.Sprintf("nil stands where a %s is needed", friendlyClass(want))})
}

// KnownClass tells whether a catch may name that class: simple, or with its package.
func KnownClass(name string) bool {
	simple := simpleClass(name)
	switch simple {
	case "Throwable", ":default", "Object", "IExceptionInfo":
		return true
	}
	_, ok := classes[simple]
	return ok
}
