package realtime

// Close codes of the socket. 4400–4499 are final (a client must not simply come again), the others ask it to come again with jitter.
const (
	CloseGoingAway     = 1001 // the browser left
	CloseUnsupported   = 1003 // a text frame
	CloseMalformed     = 1007 // a frame that is none
	CloseTooBig        = 1009 // a frame beyond the limit
	CloseRestart       = 1012 // this node stops; another takes over
	CloseTryLater      = 1013 // not saved, or too slow: come again, and send again
	CloseSignedOut     = 4401 // the session has ended
	CloseForbidden     = 4403 // refused or withdrawn (y-websocket path; on /hp only the one document is closed)
	CloseNotFound      = 4404 // no such document
	CloseEpoch         = 4409 // the document was made anew: reload the page
	CloseTooManyFrames = 4429 // more documents on one socket than allowed
)

// Reasons in PermissionDenied and CLOSE frames beside those of package live and the gate.
const (
	reasonNotFound  = "not_found"
	reasonTemporary = "unavailable"
	reasonChannel   = "channel" // a meeting's channel takes no text
)
