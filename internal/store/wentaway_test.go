package store_test

import (
	"context"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/relaytest"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// byRelay opens a store on PostgreSQL by way of a relay.
func byRelay(t *testing.T, rules relaytest.Rules) (*store.Store, *relaytest.Relay) {
	t.Helper()
	o := storetest.Options(t, "postgres")
	cfg, err := pgconn.ParseConfig(o.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	network, address := pgconn.NetworkAddress(cfg.Host, cfg.Port)
	relay := relaytest.Start(t, network, address, rules)
	o.DatabaseURL = (&url.URL{Scheme: "postgres", User: url.UserPassword(cfg.User, cfg.Password), Host: relay.Addr(), Path: "/" + cfg.Database, RawQuery: "sslmode=disable"}).String()
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, relay
}

// A database that went away is Unavailable, whatever is asked of it and however the line ends: never Internal, which tells people that Kasane is broken
// and denies them their documents for good.
func TestWentAway(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, ask := range map[string]func(*store.Store) error{
		"ping":  func(s *store.Store) error { return s.Ping(ctx) },
		"read":  func(s *store.Store) error { _, err := s.DocMeta(ctx, tenant, "d1"); return err },
		"load":  func(s *store.Store) error { _, err := s.LoadDoc(ctx, tenant, "d1"); return err },
		"heads": func(s *store.Store) error { _, err := s.Heads(ctx, tenant, []string{"d1"}); return err },
		"write": func(s *store.Store) error { return s.Heartbeat(ctx, "n1", "local") },
		"append": func(s *store.Store) error {
			_, err := s.AppendDocs(ctx, []live.Batch{batch("d1", 1, "u1", "one")})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var away atomic.Bool
			s, relay := byRelay(t, relaytest.Rules{Judge: func([]byte) relaytest.Fate {
				if away.Load() {
					return relaytest.Cut
				}
				return relaytest.Pass
			}})
			makeDocs(t, s, "d1")
			for _, how := range []string{"while it answers", "before it is asked"} {
				away.Store(true)
				if how == "before it is asked" {
					relay.Cut()
				}
				for n := range 3 { // on connections that were open, then on new ones
					if err := ask(s); !fault.Is(err, fault.Unavailable) {
						t.Errorf("cut %s, question %d: %v is %v", how, n, err, fault.KindOf(err))
					}
				}
				away.Store(false)
				if err := ask(s); err != nil {
					t.Errorf("after it was cut %s: %v", how, err)
				}
			}
		})
	}
}
