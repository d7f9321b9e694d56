// Package identity knows how a person becomes an access.Actor: accounts with passwords, sessions, the setup of the first
// administrator, and invitation links (招待リンク) for guests of one meeting.
//
// Invariants:
//   - No secret is stored: passwords and PINs as argon2id, tokens as SHA-256. Secrets stand in no log and no URL path.
//   - A wrong login, a wrong password and a disabled account look and cost the same.
//   - Attempts are counted before the secret is compared, in the database, so nodes and parallel guesses share one count.
//   - A session ends at sign-out, after 60 minutes without use, after 12 hours, and at once when the account is disabled,
//     the password is changed, or the guest link is revoked.
//   - Every deed carries its audit entry in the same transaction.
package identity
