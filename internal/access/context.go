package access

import "context"

type actorKey struct{}

// WithActor carries the actor of a request to handlers behind the one that identified it.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorFrom finds the actor of a request; the zero Actor, who may nothing, when nobody was identified.
func ActorFrom(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
