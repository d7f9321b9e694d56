//go:build dist

package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var files embed.FS

// Dist is the built client, index.html at its root.
func Dist() fs.FS { return sub(files, "dist") }

// Built tells whether the client itself is inside.
func Built() bool { return true }
