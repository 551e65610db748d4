package language

import "fmt"

func text(level, needs any) string { return fmt.Sprintf("%v:%v", level, needs) }
