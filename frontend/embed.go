// Package frontend carries the browser client inside the program.
//
// With the build tag "dist" it holds the built client (frontend/dist, made by `npm run build`); without it a committed
// page that says the client is missing, so that a fresh clone compiles and a build never changes a tracked file.
// Every file under assets/ bears a content hash in its name and may be cached for ever; index.html may not, and the
// server replaces __NONCE__ in it by the nonce of the answer's Content-Security-Policy.
package frontend

import "io/fs"

// sub cuts the folder off; the folder is there by the embed directive, so an error cannot happen, and if it ever did the
// server would rather answer "not found" than not start.
func sub(f fs.FS, dir string) fs.FS {
	s, err := fs.Sub(f, dir)
	if err != nil {
		return f
	}
	return s
}
