//go:build dist

package docs

// OpenAPI is the description, as JSON; nil where it comes with the client.
var OpenAPI []byte
