package draw

import (
	"context"
	"testing"
	"time"

	"kasane/internal/pdf/fonts"
	"kasane/internal/pdf/jpl"
)

func TestPanicsBecomeErrors(t *testing.T) {
	t.Parallel()
	faces, err := jpl.NewFaces(jpl.Fonts{Regular: fonts.Regular, Bold: fonts.Bold})
	if err != nil {
		t.Fatal(err)
	}
	d := jpl.NewDoc(context.Background(), faces, jpl.Geometry{W: 100, H: 100}, 1)
	d.Page().Ops = append(d.Page().Ops, jpl.Op{Kind: jpl.OpText, Size: 10, Clusters: []jpl.Cluster{{Slot: 99, Code: 'A'}}})
	if _, err := Render(context.Background(), d, time.Unix(0, 0)); err == nil {
		t.Error("a page that cannot be drawn gives no error")
	}
}

func TestDeadlineIsKept(t *testing.T) {
	t.Parallel()
	faces, err := jpl.NewFaces(jpl.Fonts{Regular: fonts.Regular, Bold: fonts.Bold})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	d := jpl.NewDoc(ctx, faces, jpl.Geometry{W: 100, H: 100}, 1)
	cancel()
	if _, err := Render(ctx, d, time.Unix(0, 0)); err == nil {
		t.Error("drawn after the deadline")
	}
}
