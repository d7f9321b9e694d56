package archive

import (
	"encoding/json"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/papers"
)

// Certified is the content a 廃棄証明書 is made from: which records went, by whom. A verification reads it again.
type Certified struct {
	Disposal   string      `json:"disposal"`
	Method     string      `json:"method"`
	Reason     string      `json:"reason"`
	ProposedBy string      `json:"proposedBy"`
	ProposedAt time.Time   `json:"proposedAt"`
	DecidedBy  string      `json:"decidedBy"`
	DecidedAt  time.Time   `json:"decidedAt"`
	Records    []Tombstone `json:"records"`
}

// Tombstone (廃棄した文書) is what remains of a record.
type Tombstone struct {
	ID         string `json:"id"`
	Number     string `json:"number"`
	Title      string `json:"title"`
	FileName   string `json:"fileName"`
	FileSHA256 string `json:"fileSha256"`
	ChainHash  string `json:"chainHash"`
}

func certificateContent(d Disposal) []byte {
	c := Certified{Disposal: d.ID, Method: d.Method, Reason: d.Reason, ProposedBy: d.ProposedName, ProposedAt: d.ProposedAt.UTC(), DecidedBy: d.DecidedName,
		DecidedAt: d.DecidedAt.UTC(), Records: []Tombstone{}}
	for _, r := range d.Records {
		c.Records = append(c.Records, Tombstone{r.ID, r.Number, r.Title, r.FileName, r.FileSHA256, r.ChainHash})
	}
	b, err := json.Marshal(c)
	if err != nil {
		panic("archive: " + err.Error()) // strings and times
	}
	return b
}

// certificate is the 廃棄証明書 as it is printed.
func certificate(d Disposal, r Record) papers.DisposalDoc {
	doc := papers.DisposalDoc{Head: papers.Head{DocumentNo: r.Number, Version: r.Version, At: r.SealedAt, ContentHash: r.ContentSHA256, Checkpoint: r.AuditCheckpoint},
		Method: d.Method, Reason: d.Reason, Note: d.Note, ProposedBy: d.ProposedName, ProposedOn: jptime.DateOf(d.ProposedAt),
		DecidedBy: d.DecidedName, DecidedOn: jptime.DateOf(*d.DecidedAt)}
	for _, x := range d.Records {
		doc.Records = append(doc.Records, papers.DisposedRecord{Number: x.Number, Title: x.Title, FileName: x.FileName, Years: x.Retention.Label(), Pages: x.Pages,
			SealedOn: jptime.DateOf(x.SealedAt), SHA256: x.FileSHA256})
	}
	return doc
}
