// Package files keeps evidence (証憑): scans and photos of signed consent sheets.
//
// Invariants:
//   - What is stored was recognised by its content as PDF, PNG or JPEG, whole, and at most 20 MiB; what the client claims counts nothing.
//   - The bytes are encrypted with AES-256-GCM before they reach the store; municipality, case and file are bound into the
//     seal, so a blob moved to another row does not open. The key lies outside the database.
//   - The name is kept exactly as given, for display only; it never becomes a path.
//   - A file is read by those who hold the case and by 記録担当, and every reading leaves an audit entry in the same transaction.
package files
