package realtime

// A presence list that leaves people out without saying so is worse than none: somebody may think to be alone. So rooms tell their members
// while this node cannot hear others (在席が一部だけのとき).

func (h *Hub) apart() bool {
	if h.cfg.Apart != nil {
		return h.cfg.Apart()
	}
	return !h.cfg.Bus.Up()
}

// reach takes what the look-up found, and tells the members when it has changed.
func (r *room) reach(apart bool) {
	if apart == r.apart {
		return
	}
	r.apart = apart
	r.all(r.presenceNotice())
}

func (r *room) presenceNotice() *packet {
	n := notice{Type: "presence", Partial: &r.apart}
	if r.apart {
		n.Message = "サーバー間の連絡が止まっています。ほかのサーバーにつないでいる人は、ここに表示されないことがあります。"
	}
	return r.notice(n)
}
