package redisbus

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// libraryLog takes what go-redis has to say.
type libraryLog struct{ log *slog.Logger }

func (l libraryLog) Printf(_ context.Context, format string, v ...any) {
	l.log.Debug("redisbus: " + fmt.Sprintf(format, v...))
}

// netWait bounds connecting, and each reading and writing of posts. The library's 3 and 5 seconds are long for a doorbell.
const netWait = 2 * time.Second

func wait(d *time.Duration) {
	if *d == 0 {
		*d = netWait
	}
}

// newClient reads the addresses. ContextTimeoutEnabled lets a caller's deadline bound a post: without it the library waits for its own timeouts, times
// its retries.
func newClient(urls string) (redis.UniversalClient, error) {
	list := strings.Split(urls, ",")
	first, err := url.Parse(strings.TrimSpace(list[0]))
	if err != nil {
		return nil, fmt.Errorf("redisbus: address is no URL") // the cause would hold the password
	}
	q := first.Query()
	if q.Has("master_name") {
		o, err := redis.ParseFailoverURL(first.String())
		if err != nil {
			return nil, fmt.Errorf("redisbus: Sentinel address: %w", err)
		}
		o.ContextTimeoutEnabled = true
		wait(&o.DialTimeout)
		wait(&o.ReadTimeout)
		wait(&o.WriteTimeout)
		return redis.NewFailoverClient(o), nil
	}
	cluster := len(list) > 1 || q.Get("cluster") == "true"
	q.Del("cluster")
	first.RawQuery = q.Encode()
	if !cluster {
		o, err := redis.ParseURL(first.String())
		if err != nil {
			return nil, fmt.Errorf("redisbus: address: %w", err)
		}
		o.ContextTimeoutEnabled = true
		wait(&o.DialTimeout)
		wait(&o.ReadTimeout)
		wait(&o.WriteTimeout)
		return redis.NewClient(o), nil
	}
	return newClusterClient(first, list[1:])
}

func newClusterClient(first *url.URL, more []string) (redis.UniversalClient, error) {
	o, err := redis.ParseClusterURL(first.String())
	if err != nil {
		return nil, fmt.Errorf("redisbus: Cluster address: %w", err)
	}
	for _, s := range more {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || u.Host == "" {
			return nil, fmt.Errorf("redisbus: an address of the cluster is no URL")
		}
		o.Addrs = append(o.Addrs, u.Host)
	}
	o.ContextTimeoutEnabled = true
	wait(&o.DialTimeout)
	wait(&o.ReadTimeout)
	wait(&o.WriteTimeout)
	return redis.NewClusterClient(o), nil
}
