package cases

// flow is the state machine of a case: from each stage the stages it may go to. What has to be there first is said in moving.go.
var flow = map[Stage][]Stage{
	StageReceived:   {StageIntake, StageClosed},                                                     // 情報提供のみで終了
	StageIntake:     {StageAssessment, StageSeeking, StageClosed, StageSuspended},                   // スクリーニング
	StageSeeking:    {StageAssessment, StageClosed, StageSuspended},                                 // 支援会議で検討可
	StageAssessment: {StagePlanning, StageSeeking, StageClosed, StageSuspended},                     //
	StagePlanning:   {StageDecided, StageAssessment, StageSeeking, StageSuspended},                  // 重層的支援会議
	StageDecided:    {StageSupporting, StagePlanning},                                               //
	StageSupporting: {StagePlanning, StageClosed, StageSuspended},                                   // 再プラン・終結・中断
	StageClosed:     {StageReceived},                                                                // 再受付
	StageSuspended:  {StageReceived, StageAssessment, StageSupporting, StageClosed, StageSuspended}, // 再開; 中断を延ばす
}

// Next lists the stages the case may go to from here.
func (s Stage) Next() []Stage { return append([]Stage(nil), flow[s]...) }

// GoesOn tells whether a case of the stage is worked at: it is neither 中断 nor 終結. Nothing new is begun in one that is not.
func (s Stage) GoesOn() bool { return s != StageClosed && s != StageSuspended }

// Label is the Japanese name of the stage, "" for an unknown one.
func (s Stage) Label() string {
	switch s {
	case StageReceived:
		return "受付"
	case StageIntake:
		return "インテーク"
	case StageSeeking:
		return "同意に向けて働きかけ中"
	case StageAssessment:
		return "アセスメント"
	case StagePlanning:
		return "プラン案"
	case StageDecided:
		return "支援決定"
	case StageSupporting:
		return "支援中"
	case StageClosed:
		return "終結"
	case StageSuspended:
		return "中断"
	}
	return ""
}

// Stages are all stages, in the order in which a case goes through them.
func Stages() []Stage {
	return []Stage{StageReceived, StageIntake, StageSeeking, StageAssessment, StagePlanning, StageDecided, StageSupporting, StageSuspended, StageClosed}
}
