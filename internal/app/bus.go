package app

import (
	"log/slog"

	"kasane/internal/config"
	"kasane/internal/realtime"
	"kasane/internal/realtime/redisbus"
)

// How a node calls others, as it tells them in its heartbeat.
const (
	busLocal = "local"
	busRedis = "redis"
)

// openBus chooses how nodes call each other: by Redis, or not at all. Nothing is dialled yet: a Redis that is away
// at the start is only a warning in /readyz.
func openBus(cfg config.Config, log *slog.Logger) (bus, error) {
	if cfg.RedisURL == "" {
		return bus{Bus: realtime.SilentBus{}, kind: busLocal}, nil
	}
	b, err := redisbus.Open(cfg.RedisURL, log)
	if err != nil {
		return bus{}, err
	}
	return bus{Bus: b, kind: busRedis, run: b.Run}, nil
}
