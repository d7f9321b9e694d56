// Package joining (参加支援) accompanies a person of a case into a place: what the person looks for, which resources fit and why, 見学・体験, 利用開始,
// 定着支援, and the end.
//
// Everything of it is content of the case and of one class of information: it is shown to whom the gate shows the person's 基本情報 and that class outside
// of meetings, and nobody else learns that there is anything. Steps are only ever added.
package joining
