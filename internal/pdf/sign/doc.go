// Package sign puts electronic signatures (電子署名) into archive files and reads them again: PAdES baseline (ETSI EN 319 142-1) B-B, and B-T with a
// time stamp (RFC 3161). The signature is CMS (RFC 5652) with the attributes PAdES asks for and none more.
//
// It is pure: keys, certificates, time and the answer of a time-stamp authority come in as values. Certificates are made and checked by crypto/x509;
// only the frames around them are our own, because no library writes them without rewriting the file (docs/decisions/0011).
package sign
