package webhooks

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
)

// The example of the Standard Webhooks, made by another implementation.
func TestSignatureOfTheStandard(t *testing.T) {
	t.Parallel()
	key, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	got := signature([][]byte{key}, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	other := []byte(strings.Repeat("k", 32))
	if both := signature([][]byte{other, key}, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`)); !strings.HasSuffix(both, " "+got) || strings.Count(both, "v1,") != 2 {
		t.Errorf("two keys: %s", both)
	}
}

// A secret has the form and the length the standard asks for, and no two are the same.
func TestSecrets(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 100 {
		s := showSecret(newSecret())
		b, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s, "whsec_"))
		if err != nil || !strings.HasPrefix(s, "whsec_") || len(b) < 24 || len(b) > 64 || seen[s] {
			t.Fatal(s, err)
		}
		seen[s] = true
	}
}

// Every address that lies inside is refused in whatever form it is written; private ones are opened by name and by nothing else.
func TestGuard(t *testing.T) {
	t.Parallel()
	own := netip.MustParseAddr("203.0.114.9")
	g := Guard{Own: func() ([]netip.Addr, error) { return []netip.Addr{own, netip.MustParseAddr("10.9.9.9")}, nil }}
	open := Guard{Own: g.Own, Networks: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00:1::/32"), netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("169.254.0.0/16")}}
	const fine, never, private = "", "never", "private"
	for address, want := range map[string][2]string{ // without a setting, and with that of open
		"8.8.8.8": {fine, fine}, "203.0.114.8": {fine, fine}, "2400:4000::1": {fine, fine}, "2606:4700::1111": {fine, fine},
		"127.0.0.1": {never, never}, "127.255.255.254": {never, never}, "::1": {never, never}, "::ffff:127.0.0.1": {never, never}, "::ffff:8.8.8.8": {fine, fine},
		"0.0.0.0": {never, never}, "0.1.2.3": {never, never}, "::": {never, never}, "169.254.169.254": {never, never}, "::ffff:169.254.169.254": {never, never}, "169.254.0.1": {never, never},
		"fe80::1": {never, never}, "fe80::1%eth0": {never, never}, "fec0::1": {never, never}, "224.0.0.1": {never, never}, "239.255.255.250": {never, never}, "ff02::1": {never, never},
		"255.255.255.255": {never, never}, "240.0.0.1": {never, never}, "192.0.2.1": {never, never}, "198.18.0.1": {never, never}, "2001:db8::1": {never, never},
		"64:ff9b::7f00:1": {never, never}, "64:ff9b::808:808": {never, never}, "2002:7f00:1::": {never, never}, "2001::1": {never, never}, "::7f00:1": {never, never}, "::127.0.0.1": {never, never},
		"10.0.0.1": {private, fine}, "10.255.255.255": {private, fine}, "::ffff:10.0.0.1": {private, fine}, "172.16.0.1": {private, private}, "172.31.255.255": {private, private}, "172.32.0.1": {fine, fine},
		"192.168.1.1": {private, private}, "100.64.0.1": {private, private}, "100.128.0.1": {fine, fine}, "fc00::1": {private, private}, "fd00:1::5": {private, fine}, "fd00:2::5": {private, private},
		"203.0.114.9": {never, never}, "10.9.9.9": {never, never}, "::ffff:10.9.9.9": {never, never},
	} {
		for i, guard := range []Guard{g, open} {
			err, got := guard.Check(netip.MustParseAddr(address)), fine
			var refused *refusedAddress
			if errors.As(err, &refused) {
				if got = never; refused.private {
					got = private
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if got != want[i] {
				t.Errorf("%s (setting %d): %q, want %q", address, i, got, want[i])
			}
		}
	}
	if err := (Guard{Own: func() ([]netip.Addr, error) { return nil, errors.New("no cards") }}).Check(netip.MustParseAddr("8.8.8.8")); err == nil {
		t.Error("where the own addresses are not known, something is dialled")
	}
	mine, err := ownAddresses()
	if err != nil || len(mine) == 0 {
		t.Fatal(mine, err)
	}
	for _, a := range mine {
		if (Guard{Networks: private0()}).Check(a) == nil {
			t.Errorf("%s is of this machine", a)
		}
	}
	if err := g.control("tcp4", "not an address", nil); err == nil {
		t.Error("what cannot be read is dialled")
	}
	if err := g.control("tcp4", "127.0.0.1:443", nil); err == nil {
		t.Error("the dialler does not ask")
	}
}

func private0() []netip.Prefix { return private }

// A body holds the kind, a time, ids and a path, and nothing that was not one of these when it went in.
func TestBodies(t *testing.T) {
	t.Parallel()
	id := regexp.MustCompile(`^[a-z0-9]*$`)
	for _, c := range append(Choices(), Choice{ID: KindTest}) {
		e := Event{Tenant: "m", Kind: c.ID, At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), CaseID: "c1", MeetingID: "g1", Target: "t1", Parties: []string{"a1"}}
		var m Message
		dec := json.NewDecoder(strings.NewReader(e.Body()))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&m); err != nil || m.Type != c.ID || !m.Timestamp.Equal(e.At) || m.Data.ID != "t1" || !strings.HasPrefix(m.Data.Path, "/api/") {
			t.Errorf("%s: %v %s", c.ID, err, e.Body())
		}
		if !id.MatchString(m.Data.ID+m.Data.CaseID+m.Data.MeetingID) || c.ID != KindTest && c.Label == "" || c.ID.Label() == string(c.ID) {
			t.Errorf("%s: %s", c.ID, e.Body())
		}
	}
	if Kind("gone.away").Label() != "gone.away" {
		t.Error("a kind of an old row has no name")
	}
}

// Only what was done is an event, and of reading there is none.
func TestEntries(t *testing.T) {
	t.Parallel()
	a := access.Actor{Tenant: "m", UserID: "u", AgencyID: "a1"}
	for _, v := range access.Verbs() {
		e := a.Audit(time.Unix(1, 0), v, "x").InCase("c")
		ev, ok := OfEntry(e)
		if _, listed := verbs[v]; ok != listed {
			t.Errorf("%s: %t", v, ok)
		}
		if _, known := ev.Kind.of(); ok && (!known || ev.CaseID != "c" || ev.Target != "x") {
			t.Errorf("%s: %+v", v, ev)
		}
		if _, ok := OfEntry(e.Denied("no")); ok {
			t.Errorf("%s: a refusal is told", v)
		}
	}
}
