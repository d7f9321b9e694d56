// Package web is Kasane's door: HTTP routes, JSON, the session cookie, and the browser client's files.
//
// Read routes.go first; it is the table of contents. Each line says what is done (access.Action), how the deed reaches the
// audit log (audit.go) and which function does it. Handlers only translate: they decode, call a service, and answer.
//
// Invariants:
//   - Everything is denied unless the route's action allows the actor's role and the service then allows the thing.
//   - A read route's audit entry is durable before the first byte of the answer leaves.
//   - Nothing but GET changes anything without the header X-Kasane, an own-origin request and JSON (uploads: multipart).
//   - Errors leave as kind and message of package fault, never as a cause. Logs hold ids and patterns, never names, text, paths or queries.
//   - Text that may not be stored is refused at the door, by name of its field; text is never changed on its way in.
//
// The websocket handler comes from outside as an http.Handler; it finds its actor with access.ActorFrom.
package web
