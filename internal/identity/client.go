package identity

import (
	"net/netip"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Client is where a request comes from.
type Client struct {
	IP     string // address, "" = not known
	Device string // as DeviceOf tells it, shown to its owner in the list of sessions
}

// addressRefused is said after the password was right: it tells nothing to somebody who only guesses.
const addressRefused = "この場所のネットワークからはサインインできません。機関で決められた場所から使うか、市の担当者に相談してください。"

// allowed tells whether an agency's people may come from an address. No rule: from anywhere. A rule and no address that can be read: from nowhere.
func allowed(g access.Agency, ip string) bool {
	if len(g.Addresses) == 0 {
		return true
	}
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return false
	}
	a = a.Unmap().WithZone("")
	for _, rule := range g.Addresses {
		if p, err := netip.ParsePrefix(rule); err == nil && p.Contains(a) {
			return true
		}
	}
	return false
}

// addressesMost bounds the rules of one agency.
const addressesMost = 50

// checkAddresses reads addresses and ranges as people write them and gives them as prefixes.
func checkAddresses(in []string) ([]string, error) {
	out := []string{}
	for _, w := range in {
		w = foldLogin(w)
		if w == "" {
			continue
		}
		p, err := netip.ParsePrefix(w)
		if err != nil {
			a, aerr := netip.ParseAddr(w)
			if aerr != nil {
				return nil, fault.Newf(fault.Invalid, "「%s」はアドレスとして読めません。192.0.2.10 または 192.0.2.0/24 のように書いてください。", head(w, 40)).On("addresses")
			}
			p = netip.PrefixFrom(a.Unmap().WithZone(""), a.Unmap().BitLen())
		}
		out = append(out, p.Masked().String())
	}
	if len(out) > addressesMost {
		return nil, fault.Newf(fault.Invalid, "アドレスは%d件までにしてください。", addressesMost).On("addresses")
	}
	return out, nil
}

// DeviceOf tells browser and system of a User-Agent header in words its owner knows again; nothing else of the header is kept.
func DeviceOf(userAgent string) string {
	find := func(of [][2]string) string {
		for _, w := range of {
			if strings.Contains(userAgent, w[0]) {
				return w[1]
			}
		}
		return ""
	}
	browser := find([][2]string{{"Edg", "Edge"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}})
	system := find([][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"}, {"Mac OS", "Mac"}, {"Linux", "Linux"}})
	switch {
	case browser != "" && system != "":
		return browser + "(" + system + ")"
	case browser+system != "":
		return browser + system
	}
	return "不明な端末"
}
