package redisbus

import "time"

// AskOften lets a bus look often whether its cluster can shard. Before Run.
func (b *Bus) AskOften(d time.Duration) { b.askEvery = d }

// Tags are the hash tags of the lanes.
var Tags = tags[:]
