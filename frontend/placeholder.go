//go:build !dist

package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:placeholder
var files embed.FS

// Dist is a single page that says the client is missing.
func Dist() fs.FS { return sub(files, "placeholder") }

// Built tells whether the client itself is inside.
func Built() bool { return false }
