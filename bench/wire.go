package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"
)

// wire is one websocket of the generator, as bare as can be: what the generator costs is taken from the servers' cores.
type wire struct {
	c   net.Conn
	r   *bufio.Reader
	wmu sync.Mutex
	out []byte
	in  []byte
	z   inflater
}

var errClosed = errors.New("closed by the server")

// closeError is a close frame.
type closeError struct{ code int }

func (e closeError) Error() string { return fmt.Sprintf("closed with %d", e.code) }

// dialWire shakes hands. readBuffer bounds what the kernel takes in for it, 0: as usual.
func dialWire(addr, path, cookie string, readBuffer int) (*wire, error) {
	c, err := net.DialTimeout("tcp", addr, 30*time.Second)
	if err != nil {
		return nil, err
	}
	if readBuffer > 0 {
		if err := c.(*net.TCPConn).SetReadBuffer(readBuffer); err != nil {
			return nil, err
		}
	}
	head := "GET " + path + " HTTP/1.1\r\nHost: " + addr + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
	if !*plain {
		head += "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" // word for word as Chromium
	}
	if cookie != "" {
		head += "Cookie: " + cookie + "\r\n"
	}
	_ = c.SetDeadline(time.Now().Add(60 * time.Second))
	if _, err := c.Write([]byte(head + "\r\n")); err != nil {
		c.Close()
		return nil, err
	}
	w := &wire{c: c, r: bufio.NewReaderSize(c, 2048)}
	for first := true; ; first = false {
		line, err := w.r.ReadString('\n')
		if err != nil {
			c.Close()
			return nil, err
		}
		if first && !strings.Contains(line, " 101 ") {
			c.Close()
			return nil, fmt.Errorf("handshake: %s", strings.TrimSpace(line))
		}
		if strings.TrimSpace(line) == "" {
			break
		}
	}
	_ = c.SetDeadline(time.Time{})
	return w, nil
}

// write sends one binary message. The mask is zero, which leaves the payload as it is.
func (w *wire) write(payload []byte) error { return w.frame(0x82, payload) }

func (w *wire) frame(op byte, payload []byte) error {
	w.wmu.Lock()
	defer w.wmu.Unlock()
	b := append(w.out[:0], op)
	switch n := len(payload); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), uint64(n))
	}
	b = append(append(b, 0, 0, 0, 0), payload...)
	w.out = b
	_, err := w.c.Write(b)
	return err
}

// read gives the next binary message; it is valid until the next call. size is what it took on the line.
func (w *wire) read() (message []byte, size int, err error) {
	for {
		var head [8]byte
		if _, err := io.ReadFull(w.r, head[:2]); err != nil {
			return nil, 0, err
		}
		op, n, used := head[0], int(head[1]&0x7f), 2
		switch n {
		case 126:
			if _, err := io.ReadFull(w.r, head[:2]); err != nil {
				return nil, 0, err
			}
			n, used = int(binary.BigEndian.Uint16(head[:2])), 4
		case 127:
			if _, err := io.ReadFull(w.r, head[:8]); err != nil {
				return nil, 0, err
			}
			n, used = int(binary.BigEndian.Uint64(head[:8])), 10
		}
		if cap(w.in) < n {
			w.in = make([]byte, n, n+n/4)
		}
		w.in = w.in[:n]
		if _, err := io.ReadFull(w.r, w.in); err != nil {
			return nil, 0, err
		}
		switch op & 0x0f {
		case 0x8:
			if n >= 2 {
				return nil, 0, closeError{int(binary.BigEndian.Uint16(w.in))}
			}
			return nil, 0, errClosed
		case 0x9:
			if err := w.frame(0x8a, w.in); err != nil {
				return nil, 0, err
			}
		case 0x2:
			if op&0x40 != 0 {
				message, err = w.z.inflate(w.in)
				return message, n + used, err
			}
			return w.in, n + used, nil
		}
	}
}
