// Package archive keeps what was sealed (確定した文書): 会議録, プラン and 役割分担表 as files that never change again.
//
// Every sealed file is one Record of its municipality's chain: its chain hash is the SHA-256 of all it says about itself
// together with the chain hash of the record before. The audit log notes each chain hash, and each record names the
// checkpoint the audit log had reached. So one flipped byte, one record changed, swapped or cut off is found by Verify,
// which the screen and `kasane verify` share; it names the file and says in Japanese what is wrong.
//
// Nothing sealed is ever edited: a correction is a new version that says what it replaces.
package archive
