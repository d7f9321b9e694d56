package app

import (
	"log/slog"

	"kasane/internal/config"
	"kasane/internal/realtime"
)

// openBus chooses how nodes call each other: inside this process, or by Redis.
func openBus(cfg config.Config, log *slog.Logger) (bus, error) {
	return bus{Bus: realtime.NewLocalBus(), kind: "local"}, nil
}
