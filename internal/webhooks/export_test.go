package webhooks

import (
	"net"
	"net/http"
	"time"
)

// Backoff and the bounds, for the tests outside.
var Backoff = backoff

// Bounds.
const (
	EndpointsMost = endpointsMost
	TestsMost     = testsMost
	ClaimedFor    = claimedFor
	SideBySide    = sideBySide
	KeptFor       = keptFor
)

// Unguarded lets a sender dial this machine, where the receivers of the tests listen.
func Unguarded(s *Sender, within time.Duration) *Sender {
	s.client.Transport.(*http.Transport).DialContext = new(net.Dialer).DialContext
	s.client.Timeout = within
	return s
}

// Hastened makes a sender wait less.
func Hastened(s *Sender, within time.Duration) *Sender {
	s.client.Timeout = within
	return s
}
