// Package rehearsal lets a chair practise alone (リハーサル): in the demo municipality there is a meeting whose other agencies are played by the
// program. They come when 受付 begins, raise a hand, write into plan and minutes, answer their roles, object once, agree in the end and confirm the
// minutes. Nothing is played for the chair: every step of the course is the chair's own. When a practice is over, the next one is prepared.
//
// The play is data (play.go): cues, each with the moment it waits for and what somebody then does. The stage (stage.go) does it through the same
// services as a person's browser, in the name of the demo's people, so that whatever is refused to them is refused to the play as well.
package rehearsal
