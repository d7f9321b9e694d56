package papers

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"kasane/internal/pdf/pdfa"
	"kasane/internal/pdf/pdftest"
)

func exampleDisposal(n int) DisposalDoc {
	h := Head{Municipality: "みなと野市", DocumentNo: "KS2032-0007", Version: 1, At: clock(17, 20), ContentHash: minuteHash, Checkpoint: "1234:" + planHash}
	m := DisposalDoc{Head: h, Method: "システムに保存した本文（PDFと元の内容、案、検索用の写し）の消去", Reason: "保存期間の満了による。", Note: "異議なし。",
		ProposedBy: "渡邉\U000E0100 記録", DecidedBy: "髙\uFA11 決裁", ProposedOn: date(2032, 4, 3), DecidedOn: date(2032, 4, 10)}
	for i := range n {
		m.Records = append(m.Records, DisposedRecord{Number: fmt.Sprintf("KS2026-%04d", i+1), Title: "重層的支援会議　第3回　会議録", FileName: fmt.Sprintf("R080612_重層的支援会議_第03回_K2025-%04d_会議録_v1.pdf", i+1),
			Years: "5年", SealedOn: date(2026, 6, 20), Pages: 5, SHA256: planHash})
	}
	return m
}

// The 廃棄証明書 is an archive file like every other, says every number and hash whole, and is the same at every printing.
func TestDisposalPaper(t *testing.T) {
	t.Parallel()
	m := exampleDisposal(40)
	r := must(t)(printer().Disposal(context.Background(), m))
	if msgs := pdfa.Lint(r.PDF); len(msgs) > 0 {
		t.Errorf("%v", msgs)
	}
	pdftest.Sound(t, r.PDF)
	if len(r.Problems) != 0 || r.Pages < 2 {
		t.Errorf("%d pages, %+v", r.Pages, r.Problems)
	}
	text := pdftest.Text(t, r.PDF, "-raw")
	for _, want := range []string{"廃棄証明書", "渡邉\U000E0100 記録", "髙\uFA11 決裁", "KS2026-0001", "KS2026-0040", planHash, "文書40件"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not printed", want)
		}
	}
	if again := must(t)(printer().Disposal(context.Background(), m)); string(again.PDF) != string(r.PDF) {
		t.Error("another file at the second printing")
	}
	if to := os.Getenv("KASANE_SHOTS"); to != "" {
		if err := os.WriteFile(to+"/disposal.pdf", r.PDF, 0o600); err != nil {
			t.Error(err)
		}
	}
}
