// Package firstrun keeps what a municipality says of itself (自治体: name, code, the 年度 it begins in, its mark) and the way through はじめの設定: seven steps from
// the first administrator to the first meeting.
//
// A step changes nothing by itself. It shows a screen of 管理, and whoever is done with it says so; what was set there can be changed later on the same
// screen. The way can be left at any time, put aside, and gone back. 関係機関 come in from a table: first looked at, row by row, then saved all or none.
//
// The mark (ロゴ) is read once, made small and written anew as PNG: what is kept and shown is never the file that was sent.
package firstrun
