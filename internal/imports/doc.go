// Package imports is 取込: the list of cases a municipality has kept in a spreadsheet until now becomes cases (ケース).
//
// What holds:
//
//   - The file is read, looked at and imported in requests that each bring it along: nothing of it lies on the server between two of them, and of what is not taken
//     in nothing is kept.
//   - Every row is either taken in whole or not at all, and all rows of one import in one transaction. What would have to be changed in a row to be taken in is said with
//     row and column, never guessed; what is taken in otherwise than it stands is said, too.
//   - Names are taken by the byte. Only blanks at the ends of a cell go, and that is said.
//   - A row that was taken in is known again, whatever file it comes in: the same file twice, or a mended one, makes no second case.
//   - 似た相談 are those of package intake: nobody is shown anybody here whom the search at the counter would not show.
//   - 取消 takes away what an import made, as long as nothing was added to a case. A case that somebody has worked on stays, and is named.
package imports
