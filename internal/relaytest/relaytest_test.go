package relaytest_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"kasane/internal/relaytest"
)

// echo answers with what it is told, and remembers it.
func echo(t *testing.T) (address string, heard func() string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	var mu sync.Mutex
	var all bytes.Buffer
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				b := make([]byte, 1024)
				for {
					n, err := c.Read(b)
					if err != nil {
						return
					}
					mu.Lock()
					all.Write(b[:n])
					mu.Unlock()
					_, _ = c.Write(b[:n])
				}
			}()
		}
	}()
	return l.Addr().String(), func() string {
		mu.Lock()
		defer mu.Unlock()
		return all.String()
	}
}

func dial(t *testing.T, r *relaytest.Relay) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", r.Addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// says writes, and gives what comes back within d.
func says(t *testing.T, c net.Conn, words string, d time.Duration) (string, error) {
	t.Helper()
	if _, err := c.Write([]byte(words)); err != nil {
		t.Fatal(err)
	}
	_ = c.SetReadDeadline(time.Now().Add(d))
	b := make([]byte, 100)
	n, err := c.Read(b)
	return string(b[:n]), err
}

const soon = 10 * time.Second

func TestFates(t *testing.T) {
	t.Parallel()
	address, heard := echo(t)
	r := relaytest.Start(t, "tcp", address, relaytest.Rules{Judge: func(piece []byte) relaytest.Fate {
		switch {
		case bytes.Contains(piece, []byte("never")):
			return relaytest.Cut
		case bytes.Contains(piece, []byte("lost")):
			return relaytest.Swallow
		}
		return relaytest.Pass
	}})
	for words, want := range map[string]struct {
		answer string
		err    error
		heard  bool
	}{"plain": {"plain", nil, true}, "never": {"", io.EOF, false}, "lost": {"", io.EOF, true}} {
		got, err := says(t, dial(t, r), words, soon)
		if got != want.answer || !errors.Is(err, want.err) || bytes.Contains([]byte(heard()), []byte(words)) != want.heard {
			t.Errorf("%s: answered %q, %v; heard %q", words, got, err, heard())
		}
	}
}

// TestEnds: present connections are cut, or fall silent; later ones are as good as new.
func TestEnds(t *testing.T) {
	t.Parallel()
	address, _ := echo(t)
	r := relaytest.Start(t, "tcp", address, relaytest.Rules{})
	one, two := dial(t, r), dial(t, r)
	for _, c := range []net.Conn{one, two} {
		if got, err := says(t, c, "well", soon); got != "well" || err != nil {
			t.Fatal(got, err)
		}
	}
	r.Mute()
	if got, err := says(t, one, "quiet", 50*time.Millisecond); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("mute, and answered %q, %v", got, err)
	}
	r.Cut()
	_ = one.SetReadDeadline(time.Now().Add(soon))
	if _, err := one.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("not cut: %v", err)
	}
	if got, err := says(t, dial(t, r), "again", soon); got != "again" || err != nil {
		t.Error(got, err)
	}
}

// TestSilence: who says something often enough stays.
func TestSilence(t *testing.T) {
	t.Parallel()
	address, _ := echo(t)
	r := relaytest.Start(t, "tcp", address, relaytest.Rules{Silence: 200 * time.Millisecond})
	c := dial(t, r)
	for begun := time.Now(); time.Since(begun) < 500*time.Millisecond; time.Sleep(20 * time.Millisecond) {
		if got, err := says(t, c, "x", soon); err != nil {
			t.Fatal(got, err)
		}
	}
	_ = c.SetReadDeadline(time.Now().Add(soon))
	if _, err := c.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("not cut: %v", err)
	}
}
