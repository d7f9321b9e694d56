// Command openapi writes docs/openapi.json and the types of the browser client anew; see package describe.
package main

import (
	"fmt"
	"os"

	"kasane/openapi/describe"
)

func main() {
	files, err := describe.Generate(".")
	for name, body := range files {
		if err == nil {
			err = os.WriteFile(name, body, 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}
