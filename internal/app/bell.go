package app

import (
	"context"
	"encoding/json"
	"log/slog"

	"kasane/internal/realtime"
	"kasane/internal/store"
)

// bell rings after a commit so that open screens look at once. Nothing depends on it: every node looks at the heads of
// its open documents each second, every client asks for the meeting's state each fifteen.
type bell struct {
	hub   *realtime.Hub
	store *store.Store
	log   *slog.Logger
}

// MeetingChanged implements meeting.Teller.
func (b *bell) MeetingChanged(ctx context.Context, tenant, meetingID string, seq int64) {
	message, err := json.Marshal(map[string]any{"type": "meeting", "id": meetingID, "seq": seq})
	if err == nil {
		err = b.hub.Send(ctx, tenant, meetingID, message)
	}
	if err != nil {
		b.log.WarnContext(ctx, "a meeting's bell was not heard", "meeting", meetingID, "err", err)
	}
}

// caseChanged has the rights to all documents of a case decided anew.
func (b *bell) caseChanged(ctx context.Context, tenant, caseID string) {
	b.DocsChanged(ctx, tenant, caseID, nil)
}

// DocsChanged implements meeting.Teller; without ids it means every document of the case.
func (b *bell) DocsChanged(ctx context.Context, tenant, caseID string, ids []string) {
	if ids == nil {
		var err error
		if ids, err = b.store.CaseDocs(ctx, tenant, caseID); err != nil {
			b.log.WarnContext(ctx, "documents of a case are looked at late", "case", caseID, "err", err)
			return
		}
	}
	for _, id := range ids {
		b.hub.Touch(tenant, id)
	}
}
