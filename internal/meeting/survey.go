package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/fault"
	"kasane/internal/text"
)

// SurveyQuestion is one question of the 会議後アンケート, answered from 1 そう思わない to 4 そう思う.
type SurveyQuestion struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// surveyQuestions take a minute. Ids are stored.
var surveyQuestions = []SurveyQuestion{{"purpose", "会議の目的と論点が分かりましたか"}, {"voice", "言いたいことを言えましたか"},
	{"role", "自分の機関の役割がはっきりしましたか"}, {"person", "本人の意向を中心に話し合えましたか"}}

// Survey is what one person who was there answered (記名式).
type Survey struct {
	Key        string         `json:"-"`
	Name       string         `json:"name"`
	AgencyName string         `json:"agencyName"`
	Scores     map[string]int `json:"scores"`
	Note       string         `json:"note"`
	At         time.Time      `json:"at"`
}

type surveyData struct {
	Scores map[string]int `json:"scores"`
	Note   string         `json:"note"`
}

// SurveyLine is the survey for one reader: the own answer; what everybody answered is for those who hold the record.
type SurveyLine struct {
	Questions []SurveyQuestion `json:"questions"`
	Own       *Survey          `json:"own"`
	Count     int              `json:"count"`
	Results   []Survey         `json:"results"`
}

func foldSurvey(s *State, e Event, d surveyData) {
	s.Surveys = slices.DeleteFunc(s.Surveys, func(x Survey) bool { return x.Key == e.ActorID })
	s.Surveys = append(s.Surveys, Survey{Key: e.ActorID, Name: e.ActorName, AgencyName: e.AgencyName, Scores: d.Scores, Note: d.Note, At: e.At})
}

func doSurvey(_ context.Context, d *deed) error {
	var in surveyData
	if err := d.read(&in); err != nil {
		return err
	}
	for _, q := range surveyQuestions {
		if n := in.Scores[q.ID]; n < 1 || n > 4 {
			return fault.New(fault.Invalid, "「"+q.Label+"」に答えてください。").On("scores")
		}
	}
	if len(in.Scores) != len(surveyQuestions) {
		return fault.New(fault.Invalid, "アンケートの質問が変わりました。画面を更新してください。").On("scores")
	}
	if err := text.Memo("note", "ひとこと", in.Note, 500); err != nil {
		return err
	}
	return d.emit(KindSurvey, in)
}

func (s *State) survey(sub subject, text bool) *SurveyLine {
	if s.Closed == nil {
		return nil
	}
	l := &SurveyLine{Questions: surveyQuestions, Count: len(s.Surveys), Results: []Survey{}}
	for _, x := range s.Surveys {
		if x.Key == sub.actor.UserID {
			own := x
			l.Own = &own
		}
		if sub.is(whoHolder) {
			if !text {
				x.Note = ""
			}
			l.Results = append(l.Results, x)
		}
	}
	return l
}
