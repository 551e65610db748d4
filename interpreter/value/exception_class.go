package value

import "strings"

// class is a Java exception class: its package and what it extends.
type class struct{ pkg, parent string }

// classes are the exception classes that the language knows, by simple name.
var classes = map[string]class{
	"Exception": {"java.lang", "Throwable"},
	"Error":     {"java.lang", "Throwable"},

	"RuntimeException":                {"java.lang", "Exception"},
	"ArithmeticException":             {"java.lang", "RuntimeException"},
	"ClassCastException":              {"java.lang", "RuntimeException"},
	"IllegalArgumentException":        {"java.lang", "RuntimeException"},
	"IllegalStateException":           {"java.lang", "RuntimeException"},
	"IndexOutOfBoundsException":       {"java.lang", "RuntimeException"},
	"NegativeArraySizeException":      {"java.lang", "RuntimeException"},
	"NullPointerException":            {"java.lang", "RuntimeException"},
	"UnsupportedOperationException":   {"java.lang", "RuntimeException"},
	"NumberFormatException":           {"java.lang", "IllegalArgumentException"},
	"ArrayIndexOutOfBoundsException":  {"java.lang", "IndexOutOfBoundsException"},
	"StringIndexOutOfBoundsException": {"java.lang", "IndexOutOfBoundsException"},
	"ReflectiveOperationException":    {"java.lang", "Exception"},
	"ClassNotFoundException":          {"java.lang", "ReflectiveOperationException"},
	"InterruptedException":            {"java.lang", "Exception"},
	"SecurityException":               {"java.lang", "RuntimeException"},
	"IOException":                     {"java.io", "Exception"},
	"FileNotFoundException":           {"java.io", "IOException"},
	"UncheckedIOException":            {"java.io", "RuntimeException"},
	"URISyntaxException":              {"java.net", "Exception"},
	"ParseException":                  {"java.text", "Exception"},
	"DateTimeException":               {"java.time", "RuntimeException"},
	"DateTimeParseException":          {"java.time.format", "DateTimeException"},
	"ConcurrentModificationException": {"java.util", "RuntimeException"},
	"NoSuchElementException":          {"java.util", "RuntimeException"},
	"InputMismatchException":          {"java.util", "NoSuchElementException"},
	"IllegalFormatException":          {"java.util", "IllegalArgumentException"},
	"UnknownFormatConversionException": {
		"java.util", "IllegalFormatException"},
	"IllegalFormatConversionException": {"java.util", "IllegalFormatException"},
	"MissingFormatArgumentException":   {"java.util", "IllegalFormatException"},
	"PatternSyntaxException":           {"java.util.regex", "IllegalArgumentException"},
	"ExecutionException":               {"java.util.concurrent", "Exception"},
	"TimeoutException":                 {"java.util.concurrent", "Exception"},
	"CancellationException":            {"java.util.concurrent", "IllegalStateException"},

	"ArityException": {"clojure.lang", "IllegalArgumentException"},
	"ExceptionInfo":  {"clojure.lang", "RuntimeException"},

	"AssertionError":               {"java.lang", "Error"},
	"LinkageError":                 {"java.lang", "Error"},
	"IncompatibleClassChangeError": {"java.lang", "LinkageError"},
	"IllegalAccessError":           {"java.lang", "IncompatibleClassChangeError"},
	"VirtualMachineError":          {"java.lang", "Error"},
	"OutOfMemoryError":             {"java.lang", "VirtualMachineError"},
	"StackOverflowError":           {"java.lang", "VirtualMachineError"},
}

// simpleClass drops the package of a class name; one with a wrong package stays whole and matches nothing.
func simpleClass(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return name
	}
	simple := name[i+1:]
	switch pkg := name[:i]; simple {
	case "Throwable", "Object":
		if pkg == "java.lang" {
			return simple
		}
	case "IExceptionInfo":
		if pkg == "clojure.lang" {
			return simple
		}
	default:
		if classes[simple].pkg == pkg {
			return simple
		}
	}
	return name
}

// qualifiedClass is the class with its package, as Java names it.
func qualifiedClass(simple string) string {
	if c, ok := classes[simple]; ok {
		return c.pkg + "." + simple
	}
	return simple
}
