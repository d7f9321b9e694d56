package realtime

import "kasane/internal/fault"

// Documents held in memory are weighed, so that a node can say what it holds and stays within Limits.ResidentBytes.

const (
	// weightPerByte is about how many bytes of memory one byte of an update takes until the document is weighed again.
	weightPerByte = 8
	// weighAgain is the growth after which a document is weighed again: weighing walks it.
	weighAgain = 64 << 10
	// heavy is the weight above which a document is worth a line in the log: ten times a plan of a long case.
	heavy = 10 << 20
)

// weigh measures the document of the room.
func (r *room) weigh() {
	if r.doc == nil {
		return
	}
	n := int64(r.doc.Weight())
	r.setWeight(n)
	r.grown = 0
	if n > heavy && !r.heavy {
		r.heavy = true
		r.log.Warn("realtime: large document", "doc", r.key.name, "bytes", n, "structs", r.doc.Structs())
	}
}

// heavier notes that n bytes of updates were integrated.
func (r *room) heavier(n int) {
	r.grown += n * weightPerByte
	r.setWeight(r.weight.Load() + int64(n)*weightPerByte)
	if r.grown >= weighAgain {
		r.weigh()
	}
}

func (r *room) setWeight(n int64) {
	r.hub.count.resident.Add(n - r.weight.Swap(n))
}

// crowded tells that the documents of this node take more memory than they may: then rooms that nobody is in end at once.
func (h *Hub) crowded() bool { return h.count.resident.Load() > h.cfg.Limits.ResidentBytes }

// errCrowded sends a client away to come again, perhaps to another node.
func errCrowded() error { return fault.New(fault.Unavailable, "") }
