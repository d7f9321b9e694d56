// Package quota (上限) holds what each municipality may use of an installation that many share (共同利用): bytes of files and records, accounts, people connected at once, requests
// of its systems. Who runs the installation sets them by `kasane municipality quota`; none is set by itself.
//
// Each is asked at one place: where a file arrives, where an account comes to be, where somebody signs in, where a 連携用トークン asks. None stands in the way of a meeting: acts of a
// meeting, 閉会, sealing and what is typed ask nothing here; who is in stays in and connects again as often as the line wants; whose agency sits in a meeting of this moment
// signs in, and a file of its case is taken, whatever the limit says.
package quota
