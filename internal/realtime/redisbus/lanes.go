package redisbus

import (
	"context"
	"hash/fnv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// In a Cluster plain PUBLISH goes to every server, so more servers carry no more; SPUBLISH (Redis 7) goes only to the shard that owns the channel's slot.
// But the channels of one connection must lie on one shard, and those of one SSUBSCRIBE in one slot. So topics are dealt to a fixed number of lanes, each
// with a hash tag, that is one slot, and one connection: a lane moves as a whole when its slot moves or its shard fails over. A lane's channels
// are still one for each topic: a node hears only of what is open on it. Decision 0005.
//
// The slots of the tags are spread evenly (the middle of each sixteenth), so that three shards or sixteen get their share. Nodes of different versions
// must agree on them: they never change.
var tags = [...]string{"ma", "qp", "dj", "wz", "lg", "pv", "uh", "iy", "ly", "ph", "uv", "yc", "rz", "qn", "dt", "ha"}

func laneOf(topic string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(topic))
	return int(h.Sum32() % uint32(len(tags)))
}

// probe is a channel nobody listens to.
const probe = prefix + "probe"

// canShard asks a Cluster whether all its shards know sharded pub/sub; those that cannot be asked do not count. Asked by doing it: COMMAND may be forbidden, and a
// version tells nothing of permissions.
func canShard(ctx context.Context, c *redis.ClusterClient) (bool, error) {
	yes, no := make(chan struct{}, 1), make(chan struct{}, 1)
	note := func(c chan struct{}) {
		select {
		case c <- struct{}{}:
		default:
		}
	}
	err := c.ForEachMaster(ctx, func(ctx context.Context, one *redis.Client) error {
		err := one.SPublish(ctx, probe, "").Err()
		switch {
		case err == nil, strings.HasPrefix(err.Error(), "MOVED"):
			note(yes)
		case strings.HasPrefix(err.Error(), "ERR unknown command"), strings.HasPrefix(err.Error(), "NOPERM"):
			note(no)
		default:
			return err
		}
		return nil
	})
	switch {
	case len(no) > 0:
		return false, nil
	case len(yes) > 0:
		return true, nil
	}
	return false, err
}
