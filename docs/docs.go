//go:build !dist

// Package docs carries the description of the HTTP interface inside the program: docs/openapi.json, written by `make openapi`. With the build tag "dist" it comes
// with the built client, compressed.
package docs

import _ "embed"

// OpenAPI is the description, as JSON; nil where it comes with the client.
//
//go:embed openapi.json
var OpenAPI []byte
