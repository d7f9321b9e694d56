//go:build !unix

package realtime

import "net"

// direct is of systems whose sockets cannot be written without waiting: every frame goes through the queue.
type direct struct{}

func newDirect(net.Conn) *direct { return nil }

func (*direct) write([]byte) int { return 0 }
