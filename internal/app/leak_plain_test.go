package app

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// carrier brings frames of a line: a websocket, or plain requests.
type carrier interface {
	put(frame []byte) // l.mu is held
	next() ([]byte, error)
	close()
}

// wsCarrier is a websocket.
type wsCarrier struct{ ws *websocket.Conn }

func (c wsCarrier) put(frame []byte) {
	_ = c.ws.SetWriteDeadline(time.Now().Add(10 * time.Second))
	_ = c.ws.WriteMessage(websocket.BinaryMessage, frame)
}

func (c wsCarrier) next() ([]byte, error) { _, b, err := c.ws.ReadMessage(); return b, err }

func (c wsCarrier) close() { _ = c.ws.NetConn().Close() }

// plainCarrier is a line over plain HTTP (docs/protocol.md), streamed or by polls. By polls it says now and then that an answer was lost and asks again
// later: what may not be read any more by then must not come a second time.
type plainCarrier struct {
	w      *town
	cookie string
	id     string
	ctx    context.Context
	stop   context.CancelFunc
	out    chan []byte
	frames chan []byte
	poll   bool
	polls  int
}

// plain opens a line over plain HTTP; nil when the server refuses.
func (w *town) plain(by asker, poll bool) *plainCarrier {
	c := &plainCarrier{w: w, cookie: by.cookie, poll: poll, out: make(chan []byte, 4096), frames: make(chan []byte)}
	c.ctx, c.stop = context.WithCancel(context.Background())
	res, err := c.ask(http.MethodPost, "", nil, nil)
	if err != nil {
		return nil
	}
	defer res.Body.Close()
	var v struct{ Line string }
	if res.StatusCode != http.StatusCreated || json.NewDecoder(res.Body).Decode(&v) != nil {
		c.stop()
		return nil
	}
	c.id = v.Line
	w.counts.plain++
	go c.up()
	go c.down()
	return c
}

func (c *plainCarrier) put(frame []byte) {
	select {
	case c.out <- frame:
	case <-c.ctx.Done():
	}
}

func (c *plainCarrier) next() ([]byte, error) {
	select {
	case b := <-c.frames:
		return b, nil
	case <-c.ctx.Done():
		return nil, c.ctx.Err()
	}
}

func (c *plainCarrier) close() { c.stop() }

func (c *plainCarrier) ask(method, path string, body []byte, header map[string]string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(c.ctx, method, c.w.url+"/hp/line"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-Kasane", "1")
	req.Header.Set("Content-Type", "application/octet-stream")
	req.AddCookie(&http.Cookie{Name: "kasane_session", Value: c.cookie})
	if c.id != "" {
		req.Header.Set("X-Kasane-Line", c.id)
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	return c.w.client.Do(req)
}

// up sends what waits, in order, until the server has taken it.
func (c *plainCarrier) up() {
	defer c.stop()
	first := uint64(1)
	var waiting [][]byte
	for {
		if len(waiting) == 0 {
			select {
			case b := <-c.out:
				waiting = append(waiting, b)
			case <-c.ctx.Done():
				return
			}
		}
		for more := true; more && len(waiting) < 50; {
			select {
			case b := <-c.out:
				waiting = append(waiting, b)
			default:
				more = false
			}
		}
		body := binary.AppendUvarint(nil, first)
		for _, b := range waiting {
			body = putBytes(body, b)
		}
		res, err := c.ask(http.MethodPost, "/up", body, nil)
		if err != nil {
			return
		}
		var v struct{ Taken uint64 }
		err = json.NewDecoder(res.Body).Decode(&v)
		res.Body.Close()
		switch {
		case res.StatusCode == http.StatusServiceUnavailable || res.StatusCode == http.StatusTooManyRequests:
			time.Sleep(50 * time.Millisecond)
		case res.StatusCode != http.StatusOK || err != nil || v.Taken+1 < first || v.Taken >= first+uint64(len(waiting)):
			return
		default:
			waiting, first = waiting[v.Taken+1-first:], v.Taken+1
		}
	}
}

// down reads records until the line ends.
func (c *plainCarrier) down() {
	defer c.stop()
	have := uint64(0)
	for c.ctx.Err() == nil {
		mode := "stream"
		if c.poll {
			mode = "poll"
		}
		res, err := c.ask(http.MethodPost, "/down", nil, map[string]string{"X-Kasane-Have": strconv.FormatUint(have, 10), "X-Kasane-Mode": mode})
		if err != nil {
			return
		}
		if res.StatusCode != http.StatusOK {
			res.Body.Close()
			return
		}
		c.polls++
		lost := c.poll && c.polls%6 == 0
		n, err := c.records(res.Body, lost)
		res.Body.Close()
		if err != nil {
			return
		}
		if lost {
			c.pause(liveGrace + 200*time.Millisecond)
			continue
		}
		have += n
	}
}

func (c *plainCarrier) pause(d time.Duration) {
	select {
	case <-time.After(d):
	case <-c.ctx.Done():
	}
}

var errLineOver = errors.New("the line is over")

// records reads one answer: a byte, a length, that many bytes. Of one that is lost the words alone are looked at.
func (c *plainCarrier) records(body io.Reader, lost bool) (frames uint64, err error) {
	r := &oneByte{body}
	for {
		kind, err := r.ReadByte()
		if err != nil {
			return frames, nil // the answer is over; the next request goes on
		}
		n, err := binary.ReadUvarint(r)
		if err != nil {
			return frames, nil
		}
		b := make([]byte, n)
		if _, err := io.ReadFull(r, b); err != nil {
			return frames, nil
		}
		if kind == 2 {
			return frames, errLineOver
		}
		if kind != 1 {
			continue
		}
		if frames++; len(b) == 0 {
			c.w.mu.Lock()
			c.w.counts.emptied++
			c.w.mu.Unlock()
			continue
		}
		if lost {
			b = append([]byte(lostMark), b...)
		}
		select {
		case c.frames <- b:
		case <-c.ctx.Done():
			return frames, errLineOver
		}
	}
}

// lostMark begins a frame that is only looked at.
const lostMark = "\xfflost"

type oneByte struct{ io.Reader }

func (r *oneByte) ReadByte() (byte, error) {
	var b [1]byte
	_, err := io.ReadFull(r.Reader, b[:])
	return b[0], err
}
