// Package notice (お知らせのメール) tells people by mail that something waits for them: a digest in the morning, the date of a meeting.
//
// A mail leaves the house: it is read on telephones, printed, passed on. So it holds numbers, a date and a link to sign in, and nothing else: no name, no number of a case, no title, no
// place, nothing anybody wrote. What is counted for somebody is what that person would see after signing in, by their own rights; nothing waits, no mail.
//
// A notice lies in the database until it is sent. Of several nodes one sends it (the row is claimed before the server is spoken to), and it is sent at most once: where the line breaks
// after the mail was handed over and before the answer, nobody knows, and it is not sent again. A server that is away is asked again, later and later; an address that is refused
// gets nothing more until its owner sets it anew, and who manages the accounts is told.
package notice
