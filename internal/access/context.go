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

type requestKey struct{}

// WithRequest carries the id of a request, so that what is slow behind it can be said of it in the process log.
func WithRequest(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestID is the id of the request a piece of work belongs to, "" when it belongs to none.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}
