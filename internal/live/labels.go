package live

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"kasane/internal/text"
)

// FieldRef names a field (欄) for people.
type FieldRef struct {
	Key   string `json:"key"`
	Label string `json:"label"`           // 支援項目「見守り」の内容
	Row   string `json:"row,omitempty"`   // prefix of the keys of its row
	Quiet bool   `json:"quiet,omitempty"` // order and the like: no content of its own
}

// Names gives names to ids: kind "agency" or "field" (of a sheet); "" when it does not know one.
type Names func(kind, id string) string

var (
	headerLabels = map[string]string{"lead": "主担当機関", "after_lead": "終結後の主担当", "programs": "利用する事業", "period_from": "プラン期間（開始）",
		"period_to": "プラン期間（終了）", "next_monitoring": "次回モニタリング予定", "wish": "本人・家族の意向", "situation": "世帯の状況・課題の整理",
		"policy": "支援の方針", "risk": "緊急時・リスク対応", "picture": "把握している世帯像", "work": "現在の取り組み状況",
		"involve": "どの支援機関に関わってもらいたいか", "ask": "他部署へお願いしたいこと"}
	rowLabels = map[string]string{"need": "課題", "goal": "目標", "action": "支援項目", "point": "論点", "speech": "発言要旨",
		"decision": "決定事項", "homework": "宿題", "local": "地域課題",
		"event": "家族年表の出来事", "kin": "親族", "tie": "続き柄の線", "bond": "関係性の線", "link": "エコマップの線"}
	partLabels = map[string]string{"ord": "並び順", "del": "削除", "text": "本文", "code": "種類", "person": "対象者", "priority": "優先順位", "need": "課題との結び付き",
		"goal": "目標との結び付き", "kind": "種別", "due": "期限", "who": "担当者", "freq": "頻度", "start": "開始", "content": "内容", "limits": "限界・条件",
		"title": "題名", "conclusion": "結論", "remaining": "残った課題", "agenda": "議題", "agency": "機関", "when": "時期",
		"sex": "性別", "birth": "生年月", "death": "没年月", "dead": "故人", "home": "同居", "a": "一方の人", "b": "もう一方の人", "flow": "向き", "end": "線の端"}
	cellCodes = map[string]string{"lead": "◎主担当", "main": "○担当", "assist": "△協力・後方支援", "watch": "見守り", "inform": "情報共有のみ", "none": "関与なし",
		"open": "要調整", "self": "本人が取り組むこと"}
	tieKinds  = map[string]string{"married": "婚姻", "partner": "事実婚", "separated": "別居", "divorced": "離婚", "child": "親子", "adopted": "養子"}
	bondKinds = map[string]string{"close": "良好", "fused": "密接", "distant": "疎遠", "cut": "断絶", "conflict": "対立", "mixed": "密接だが対立", "abuse": "虐待"}
	linkKinds = map[string]string{"strong": "強い", "plain": "ふつう", "weak": "弱い", "tense": "ストレスがある", "cut": "途切れている"}
	flows     = map[string]string{"to": "相手へ", "from": "相手から", "both": "互いに"}
	sexes     = map[string]string{"male": "男", "female": "女", "other": "その他・不明"}
	goalKinds = map[string]string{"short": "短期目標", "long": "長期目標"}
)

// refer names a key, with the words its row has now.
func (d *Document) refer(key string, names Names) FieldRef {
	parts := strings.Split(key, "/")
	f := FieldRef{Key: key, Label: key}
	switch {
	case len(parts) == 1 && headerLabels[key] != "":
		f.Label = headerLabels[key]
	case len(parts) == 2 && parts[0] == "f":
		if n := names("field", parts[1]); n != "" {
			f.Label = n
		}
	case len(parts) == 4 && parts[0] == "cell":
		f.Row = strings.Join(parts[:3], "/") + "/"
		f.Label = fmt.Sprintf("%s・%sの%s", d.rowName("action", parts[1]), columnName(parts[2], names), partLabels[parts[3]])
		if parts[3] == "code" {
			f.Label = fmt.Sprintf("%s・%sの役割", d.rowName("action", parts[1]), columnName(parts[2], names))
		}
	case len(parts) == 3 && rowLabels[parts[0]] != "":
		f.Row = strings.Join(parts[:2], "/") + "/"
		f.Label = d.rowName(parts[0], parts[1]) + "の" + partLabels[parts[2]]
		f.Quiet = parts[2] == "ord"
	}
	return f
}

// rowName is a row by its kind and first words.
func (d *Document) rowName(kind, id string) string {
	words := d.Text(kind + "/" + id + "/text")
	if words == "" {
		words = d.Text(kind + "/" + id + "/title")
	}
	words, _, _ = strings.Cut(words, "\n")
	if words == "" {
		words = "（空欄）"
	}
	const most = 16
	if b := text.Boundaries(words); len(b) > most+1 {
		words = words[:b[most]] + "…"
	}
	return rowLabels[kind] + "「" + words + "」"
}

func columnName(id string, names Names) string {
	switch id {
	case ColumnSelf:
		return "本人"
	case ColumnFamily:
		return "家族"
	}
	if n := names("agency", id); n != "" {
		return n
	}
	return "ほかの機関"
}

// shown is a scalar as it is read on screen.
func shown(key string, v any, names Names) string {
	last := key[strings.LastIndexByte(key, '/')+1:]
	switch x := v.(type) {
	case string:
		switch {
		case x == "":
		case last == "lead" || last == "after_lead" || last == "agency":
			return columnName(x, names)
		case last == "code" && strings.HasPrefix(key, "cell/") && cellCodes[x] != "":
			return cellCodes[x]
		case last == "person" || strings.HasPrefix(key, "tie/") && (last == "a" || last == "b"):
			return cmp.Or(names("person", x), "世帯員・親族")
		case choices(key)[x] != "":
			return choices(key)[x]
		}
		return x
	case bool:
		if last == "del" {
			return map[bool]string{true: "削除された", false: ""}[x]
		}
		return map[bool]string{true: "はい", false: "いいえ"}[x]
	case int:
		return strconv.Itoa(x)
	case float64:
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return ""
}

// choices are the words of a key that holds one of a few codes.
func choices(key string) map[string]string {
	row, rest, _ := strings.Cut(key, "/")
	_, name, _ := strings.Cut(rest, "/")
	switch row + "/" + name {
	case "goal/kind":
		return goalKinds
	case "tie/kind":
		return tieKinds
	case "bond/kind":
		return bondKinds
	case "link/kind":
		return linkKinds
	case "link/flow":
		return flows
	case "kin/sex":
		return sexes
	}
	return nil
}

func fmtID(id [2]uint64) string {
	return strconv.FormatUint(id[0], 36) + "." + strconv.FormatUint(id[1], 36)
}
