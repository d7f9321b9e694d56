// Package docs carries the description of the HTTP interface inside the program: docs/openapi.json, written by `make openapi`.
package docs

import _ "embed"

// OpenAPI is the description, as JSON.
//
//go:embed openapi.json
var OpenAPI []byte
