package store

import (
	"context"
	"time"
)

// Node is a running Kasane on this database.
type Node struct {
	ID   string
	Bus  string // "local" or "redis"
	Seen time.Time
	// Sockets are its live connections by municipality.
	Sockets map[string]int
}

// NodeTimeout is how long a node counts as running after its last heartbeat.
const NodeTimeout = 15 * time.Second

// Heartbeat says that a node is running and by which bus it speaks to others.
func (s *Store) Heartbeat(ctx context.Context, node, bus string) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO node (id, bus, seen) VALUES ($1,$2,$3)
			ON CONFLICT (id) DO UPDATE SET bus = excluded.bus, seen = excluded.seen`, node, bus, micros(t.now)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `DELETE FROM node WHERE seen < $1`, micros(t.now.Add(-time.Hour)))
		return err
	})
}

// Leave takes a node that stops in order out of LiveNodes at once.
func (s *Store) Leave(ctx context.Context, node string) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM node WHERE id = $1`, node)
		return err
	})
}

// LiveNodes returns the nodes heard of within NodeTimeout. More than one of them on a local bus means that people in the
// same meeting do not see each other.
func (s *Store) LiveNodes(ctx context.Context) (out []Node, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var n Node
		var us int64
		var sockets string
		err := scan(&n.ID, &n.Bus, &us, &sockets)
		if err == nil && sockets != "" {
			err = fromJSON(sockets, &n.Sockets)
		}
		n.Seen = at(us)
		out = append(out, n)
		return err
	}, `SELECT id, bus, seen, sockets FROM node WHERE seen >= $1 ORDER BY id`, micros(s.clock().Add(-NodeTimeout)))
	return out, s.classify(err)
}
