package webhooks

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"
)

// Guard decides which addresses may be dialled. It is asked with what is dialled, after a name was resolved: a name that points elsewhere a moment later changes nothing.
type Guard struct {
	// Networks are those of private addresses that may be dialled (KASANE_WEBHOOK_NETWORKS). They open nothing but private addresses.
	Networks []netip.Prefix
	// Own are the addresses of this machine; nil: those its network cards have.
	Own func() ([]netip.Addr, error)
}

// refusedAddress says why an address is not dialled.
type refusedAddress struct {
	private bool // a setting would open it
}

func (r *refusedAddress) Error() string {
	if r.private {
		return "webhooks: a private address that no setting opens"
	}
	return "webhooks: an address that is never dialled"
}

// never are the networks that are dialled by no setting: this machine, its neighbours by cable, everybody at once, and what is of nobody. Behind some forms of IPv6 an address of IPv4 is
// hidden; they are not looked into but refused.
var never = prefixes("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fe80::/10", "fec0::/10", "ff00::/8")

// private are the networks a setting may open.
var private = prefixes("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")

func prefixes(list ...string) (out []netip.Prefix) {
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

func within(list []netip.Prefix, a netip.Addr) bool {
	return slices.ContainsFunc(list, func(p netip.Prefix) bool { return p.Contains(a) })
}

// Check refuses an address that is not to be dialled.
func (g Guard) Check(a netip.Addr) error {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || within(never, a) {
		return &refusedAddress{}
	}
	own := ownAddresses
	if g.Own != nil {
		own = g.Own
	}
	mine, err := own()
	if err != nil {
		return fmt.Errorf("webhooks: the addresses of this machine: %w", err)
	}
	if slices.ContainsFunc(mine, func(m netip.Addr) bool { return m.Unmap().WithZone("") == a }) {
		return &refusedAddress{}
	}
	if within(private, a) && !within(g.Networks, a) {
		return &refusedAddress{private: true}
	}
	return nil
}

// control is the Control of a net.Dialer: it sees every address that is about to be dialled.
func (g Guard) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return &refusedAddress{}
	}
	return g.Check(to.Addr())
}

// ownAddresses are those of the network cards.
func ownAddresses() (out []netip.Addr, err error) {
	list, err := net.InterfaceAddrs()
	for _, x := range list {
		if p, err := netip.ParsePrefix(x.String()); err == nil {
			out = append(out, p.Addr())
		}
	}
	return out, err
}
