package main

import (
	"bytes"
	"encoding/binary"
	"net"
	"net/http"
	"sync"

	"github.com/gorilla/websocket"
)

// relay passes updates on as they come, to everybody of the room: Kasane's websocket library with nothing behind it. It understands just enough of
// Hocuspocus to say that an empty document is synced.
type relay struct {
	mu    sync.Mutex
	rooms map[string]*relayRoom
}

type relayRoom struct {
	mu    sync.Mutex
	conns map[*websocket.Conn]*sync.Mutex
}

func serveRelay(addr string) error {
	r := &relay{rooms: map[string]*relayRoom{}}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	return http.Serve(l, http.HandlerFunc(r.serve))
}

func (r *relay) serve(w http.ResponseWriter, req *http.Request) {
	up := websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024, CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, req, nil)
	if err != nil {
		return
	}
	defer ws.Close()
	var room *relayRoom
	defer func() {
		if room != nil {
			room.mu.Lock()
			delete(room.conns, ws)
			room.mu.Unlock()
		}
	}()
	for {
		_, b, err := ws.ReadMessage()
		if err != nil {
			return
		}
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k-2) {
			return
		}
		name, rest := b[:k+int(n)], b[k+int(n):]
		switch {
		case rest[0] == 2:
			room = r.enter(string(name), ws)
		case rest[0] == 0 && rest[1] == 0 && room != nil:
			room.tell(ws, append(bytes.Clone(name), 0, 1, 2, 0, 0))
		case room != nil:
			room.pass(ws, b)
		}
	}
}

func (r *relay) enter(name string, ws *websocket.Conn) *relayRoom {
	r.mu.Lock()
	room := r.rooms[name]
	if room == nil {
		room = &relayRoom{conns: map[*websocket.Conn]*sync.Mutex{}}
		r.rooms[name] = room
	}
	r.mu.Unlock()
	room.mu.Lock()
	room.conns[ws] = &sync.Mutex{}
	room.mu.Unlock()
	return room
}

func (r *relayRoom) tell(ws *websocket.Conn, b []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = ws.WriteMessage(websocket.BinaryMessage, b)
}

func (r *relayRoom) pass(from *websocket.Conn, b []byte) {
	m, err := websocket.NewPreparedMessage(websocket.BinaryMessage, b)
	if err != nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for ws := range r.conns {
		if ws != from {
			_ = ws.WritePreparedMessage(m)
		}
	}
}
