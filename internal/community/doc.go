// Package community (地域づくり) keeps the 社会資源台帳 of a municipality: its places and resources, on which days how many people came, who was brought
// where (コーディネート), and which 地域課題 a resource was made of.
//
// The register says nothing of anybody: every agency of the municipality reads it. Of the days there are counts, never names. A link to a person of a
// case is content of that case: whoever the gate does not show the person's 基本情報 and 支援経過 outside of meetings does not learn that it exists.
package community
