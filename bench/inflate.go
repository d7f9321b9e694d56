package main

import (
	"bytes"
	"compress/flate"
	"io"
)

// inflater takes compressed messages apart (RFC 7692). Whether the server begins anew with each or goes on from the last, the end of what came before is at
// hand. Until the first one comes it holds nothing.
type inflater struct {
	r   io.ReadCloser
	in  bytes.Reader
	end bytes.Reader
	out bytes.Buffer
	old []byte
}

// window is how far back a compressed message may refer.
const window = 32 << 10

// finish ends what a message leaves open: the flush that was cut off, and a last block.
var finish = []byte{0, 0, 0xff, 0xff, 1, 0, 0, 0xff, 0xff}

// inflate gives the message; it is valid until the next call.
func (z *inflater) inflate(b []byte) ([]byte, error) {
	z.in.Reset(b)
	z.end.Reset(finish)
	source := io.MultiReader(&z.in, &z.end)
	if z.r == nil {
		z.r = flate.NewReaderDict(source, z.old)
	} else if err := z.r.(flate.Resetter).Reset(source, z.old); err != nil {
		return nil, err
	}
	z.out.Reset()
	if _, err := z.out.ReadFrom(z.r); err != nil {
		return nil, err
	}
	z.old = append(z.old, z.out.Bytes()...)
	z.old = append(z.old[:0], z.old[max(len(z.old)-window, 0):]...)
	return z.out.Bytes(), nil
}
