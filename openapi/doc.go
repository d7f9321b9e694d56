// Command openapi writes what the HTTP interface is, read from the code that answers it: docs/openapi.json (OpenAPI 3.1) and the types of the browser
// client (frontend/src/api/schema.ts).
//
// Nothing is declared a second time. The table of routes says method, path, action and audit; what a handler reads and writes is found by following it:
// the types it hands to decode and reply, the names it asks the query for, the kind of file it sends. A handler whose answer cannot be found is a fault,
// so a new route without types fails the test of this package, and so does a file that is not what the code says now.
package main
