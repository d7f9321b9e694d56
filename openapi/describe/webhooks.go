package describe

import (
	"go/types"

	"kasane/internal/webhooks"
)

// hooks are the messages that are sent to systems of a municipality (連携先への通知).
func (g *gen) hooks() object {
	message := object{}
	for _, p := range g.pkg.Imports() {
		if p.Path() == "kasane/internal/webhooks" {
			if o, ok := p.Scope().Lookup("Message").(*types.TypeName); ok {
				message = g.schema(o.Type(), false, "webhooks.Message")
			}
		}
	}
	if len(message) == 0 {
		g.fault("no message of webhooks")
	}
	header := func(name, said string) object {
		return object{"name": name, "in": "header", "required": true, "schema": object{"type": "string"}, "description": said}
	}
	out := object{}
	for _, k := range append(webhooks.Choices(), webhooks.Choice{ID: webhooks.KindTest, Label: webhooks.KindTest.Label()}) {
		out[string(k.ID)] = object{"post": object{
			"operationId": "webhook_" + string(k.ID), "tags": []any{"連携先への通知"}, "description": k.Label, "security": []any{}, "x-city": k.City,
			"parameters": []any{
				header("webhook-id", "of the event: the same each time it is sent"),
				header("webhook-timestamp", "of this try, seconds since 1970"),
				header("webhook-signature", "v1, and the HMAC-SHA256 of id.timestamp.body in base64; two with a space between while the secret is changed"),
			},
			"requestBody": object{"required": true, "content": object{"application/json": object{"schema": object{"allOf": []any{message,
				object{"type": "object", "properties": object{"type": object{"type": "string", "const": string(k.ID)}}}}}}}},
			"responses": object{"2XX": object{"description": "taken"}, "410": object{"description": "not wanted any more: the address is switched off"},
				"default": object{"description": "not taken: it is sent again later"}},
		}}
	}
	return out
}
