package realtime_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"kasane/internal/realtime"
)

// overHTTP tells from a test's name what its browsers connect by; TestOverHTTP runs tests under such names.
func overHTTP(t *testing.T) string {
	for _, mode := range []string{"stream", "poll"} {
		if strings.HasPrefix(t.Name(), "TestOverHTTP/"+mode+"/") {
			return mode
		}
	}
	return ""
}

// httpCarrier is a client of a line over plain HTTP: it answers what is lost by asking again.
type httpCarrier struct {
	url    string
	header http.Header
	mode   string
	id     string
	ctx    context.Context
	stop   context.CancelFunc
	frames chan []byte

	mu    sync.Mutex
	sent  uint64
	have  uint64
	bye   error
	over  chan struct{}
	ended sync.Once
}

func (n *node) line(header http.Header) (*httpCarrier, error) {
	c := &httpCarrier{url: "http" + strings.TrimPrefix(n.url, "ws"), header: header, mode: n.w.over, frames: make(chan []byte), over: make(chan struct{})}
	c.ctx, c.stop = context.WithCancel(context.Background())
	res, body, err := c.ask(http.MethodPost, "", nil, nil)
	if err != nil {
		return nil, err
	}
	switch res.StatusCode {
	case http.StatusCreated:
		var v struct{ Line string }
		if err := json.Unmarshal(body, &v); err != nil {
			return nil, err
		}
		c.id = v.Line
		go c.listen()
	case http.StatusUnauthorized:
		c.end(realtime.CloseSignedOut, "session")
	default:
		return nil, fmt.Errorf("status %d", res.StatusCode)
	}
	return c, nil
}

// ask makes one request; the body is closed unless keep takes it.
func (c *httpCarrier) ask(method, path string, body io.Reader, header http.Header) (*http.Response, []byte, error) {
	req, err := http.NewRequestWithContext(c.ctx, method, c.url+"/hp/line"+path, body)
	if err != nil {
		return nil, nil, err
	}
	for _, h := range []http.Header{c.header, header} {
		for k, v := range h {
			req.Header[k] = v
		}
	}
	if c.id != "" && req.Header.Get("X-Kasane-Line") == "" {
		req.Header.Set("X-Kasane-Line", c.id)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil || header.Get("X-Kasane-Mode") == "stream" {
		return res, nil, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return res, b, err
}

func upBody(first uint64, frames ...[]byte) *bytes.Reader {
	b := pu(nil, first)
	for _, f := range frames {
		b = pb(b, f)
	}
	return bytes.NewReader(b)
}

// up sends frames beginning with a number; it gives the status and the number the server has taken.
func (c *httpCarrier) up(first uint64, frames ...[]byte) (status int, taken uint64, err error) {
	res, body, err := c.ask(http.MethodPost, "/up", upBody(first, frames...), nil)
	if err != nil {
		return 0, 0, err
	}
	var v struct{ Taken uint64 }
	_ = json.Unmarshal(body, &v)
	return res.StatusCode, v.Taken, nil
}

func (c *httpCarrier) WriteMessage(_ int, frame []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent++
	for {
		status, taken, err := c.up(c.sent, frame)
		if err != nil || status == http.StatusOK && taken == c.sent || status == http.StatusNotFound || status == http.StatusGone {
			return err
		}
		if status != http.StatusOK && status != http.StatusServiceUnavailable {
			return fmt.Errorf("status %d", status)
		}
	}
}

func (c *httpCarrier) down(mode string, have uint64) (*http.Response, []byte, error) {
	return c.ask(http.MethodPost, "/down", nil, http.Header{"X-Kasane-Have": {strconv.FormatUint(have, 10)}, "X-Kasane-Mode": {mode}})
}

func (c *httpCarrier) listen() {
	for c.ctx.Err() == nil {
		res, body, err := c.down(c.mode, c.have)
		if err != nil {
			continue
		}
		var r io.Reader = bytes.NewReader(body)
		if c.mode == "stream" {
			r = res.Body
		}
		if res.StatusCode != http.StatusOK {
			c.end(websocket.CloseAbnormalClosure, res.Status)
			return
		}
		over := c.takeRecords(r)
		res.Body.Close()
		if over {
			return
		}
	}
	c.end(websocket.CloseAbnormalClosure, "stopped")
}

// record reads one record of an answer.
func record(r *byteReader) (kind byte, payload []byte, err error) {
	if kind, err = r.ReadByte(); err != nil {
		return 0, nil, err
	}
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return 0, nil, err
	}
	payload = make([]byte, n)
	_, err = io.ReadFull(r, payload)
	return kind, payload, err
}

type byteReader struct{ io.Reader }

func (r *byteReader) ReadByte() (byte, error) {
	var b [1]byte
	_, err := io.ReadFull(r.Reader, b[:])
	return b[0], err
}

func (c *httpCarrier) takeRecords(body io.Reader) (over bool) {
	r := &byteReader{body}
	for {
		kind, b, err := record(r)
		if err != nil {
			return false
		}
		switch kind {
		case 1:
			c.have++
			if len(b) == 0 {
				continue
			}
			select {
			case c.frames <- b:
			case <-c.ctx.Done():
				return true
			}
		case 2:
			c.end(int(binary.BigEndian.Uint16(b)), string(b[2:]))
			return true
		}
	}
}

func (c *httpCarrier) end(code int, text string) {
	c.ended.Do(func() {
		c.bye = &websocket.CloseError{Code: code, Text: text}
		close(c.over)
	})
}

func (c *httpCarrier) ReadMessage() (int, []byte, error) {
	select {
	case b := <-c.frames:
		return websocket.BinaryMessage, b, nil
	case <-c.over:
		return 0, nil, c.bye
	}
}

func (c *httpCarrier) Close() error {
	_, _, err := c.ask(http.MethodDelete, "", nil, nil)
	c.stop()
	return err
}
