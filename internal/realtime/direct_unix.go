//go:build unix

package realtime

import (
	"net"
	"syscall"
)

// direct writes to a socket without waiting: what the kernel does not take at once is not written. Most frames go out this way, from the room's own
// goroutine: waking another one for each of fifty members costs more than writing.
type direct struct {
	raw  syscall.RawConn
	turn func(fd uintptr) bool // made once
	b    []byte
	n    int
}

// newDirect gives nil for a connection that has no socket of its own, such as TLS.
func newDirect(c net.Conn) *direct {
	sc, ok := c.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return nil
	}
	d := &direct{raw: raw}
	d.turn = func(fd uintptr) bool {
		for {
			n, err := syscall.Write(int(fd), d.b)
			if err == syscall.EINTR {
				continue
			}
			d.n = max(n, 0)
			return true
		}
	}
	return d
}

// write tells how many bytes were taken. A broken connection takes none; who writes in earnest finds out why.
func (d *direct) write(b []byte) int {
	d.b, d.n = b, 0
	err := d.raw.Write(d.turn)
	d.b = nil
	if err != nil {
		return 0
	}
	return d.n
}
