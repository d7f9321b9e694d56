package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"kasane/internal/files"
	"kasane/internal/identity"
	"kasane/internal/store"
)

// sealOf keeps the secrets of a municipality's accounts under its own key.
func sealOf(towns *files.Towns) func(context.Context, string) (identity.Sealer, error) {
	return func(ctx context.Context, tenant string) (identity.Sealer, error) { return towns.RingOf(ctx, tenant) }
}

// wordKeys finds the keys that mark words of searches, and remembers them: they do not change while a municipality is here.
func wordKeys(towns *files.Towns, log *slog.Logger) func(tenant string) []byte {
	var known sync.Map
	return func(tenant string) []byte {
		if key, ok := known.Load(tenant); ok {
			return key.([]byte)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		key, err := towns.Words(ctx, tenant)
		if err != nil || key == nil {
			log.Warn("the key of a municipality's search words can not be read", "municipality", tenant, "err", err)
			return nil
		}
		known.Store(tenant, key)
		return key
	}
}

// giveKeys makes the keys of every municipality that has none yet: one that is to be exported beside a running server has them then.
func giveKeys(ctx context.Context, st *store.Store, towns *files.Towns) error {
	list, err := st.TownsWithoutKeys(ctx, 2)
	if err != nil {
		return err
	}
	var errs []error
	for _, id := range list {
		_, err := towns.RingOf(ctx, id)
		_, words := towns.Words(ctx, id)
		errs = append(errs, err, words)
	}
	return errors.Join(errs...)
}
