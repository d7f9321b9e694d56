package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// variants maps old and variant kanji of names to the one that is searched. Compatibility ideographs are already made
// one by NFKC, but for those that have no decomposition, which stand here.
var variants = pairs(
	"髙", "高", "\uFA11", "崎", "碕", "崎", "嵜", "崎", "邉", "辺", "邊", "辺", "齋", "斎", "齊", "斎", "斉", "斎", "濵", "浜",
	"濱", "浜", "𠮷", "吉", "𣘺", "橋", "槗", "橋", "澤", "沢", "廣", "広", "櫻", "桜", "國", "国", "嶋", "島", "嶌", "島",
	"惠", "恵", "眞", "真", "實", "実", "榮", "栄", "壽", "寿", "瀨", "瀬", "賴", "頼", "緖", "緒", "冨", "富",
	"舘", "館", "龍", "竜", "條", "条", "圓", "円", "兒", "児", "淺", "浅", "應", "応", "學", "学", "來", "来", "藏", "蔵",
	"黑", "黒", "萬", "万", "與", "与", "龜", "亀", "禮", "礼", "鐵", "鉄", "聲", "声", "佛", "仏", "槇", "槙", "曾", "曽",
	"彌", "弥", "禰", "祢", "檜", "桧", "渕", "淵", "渊", "淵", "鷗", "鴎", "靜", "静", "豐", "豊", "增", "増", "薰", "薫",
	"峯", "峰", "埜", "野", "亞", "亜", "驒", "騨",
)

// nameVariants are further old and variant kanji of names. Search copies that are kept do not know them (every nightly check holds each copy against Fold), so
// they count only where names are looked for in a text at hand.
var nameVariants = pairs(
	"瀧", "滝", "澁", "渋", "澀", "渋", "關", "関", "奧", "奥", "穗", "穂", "舩", "船", "栁", "柳", "桺", "柳", "靏", "鶴", "靍", "鶴", "鸖", "鶴",
	"淸", "清", "將", "将", "鄕", "郷", "莊", "荘", "薗", "園", "藪", "薮", "鹽", "塩", "嶽", "岳", "縣", "県", "靑", "青", "黃", "黄", "步", "歩",
	"敎", "教", "曻", "昇", "凜", "凛", "遙", "遥", "堯", "尭", "巖", "巌", "晉", "晋", "勳", "勲", "聰", "聡", "總", "総", "絲", "糸", "燈", "灯",
	"苅", "刈", "籠", "篭", "蘆", "芦", "麴", "麹", "麥", "麦", "寬", "寛", "峽", "峡", "彥", "彦", "戶", "戸", "曉", "暁", "樂", "楽", "橫", "横",
	"濟", "済", "灣", "湾", "爲", "為", "狹", "狭", "豬", "猪", "礒", "磯", "祿", "禄", "稻", "稲", "綠", "緑", "繩", "縄", "繼", "継", "肅", "粛",
	"臺", "台", "萠", "萌", "藝", "芸", "衞", "衛", "讓", "譲", "豫", "予", "轉", "転", "邨", "村", "郞", "郎", "鎭", "鎮", "隱", "隠", "靈", "霊",
	"顯", "顕", "龝", "秋", "桒", "桑", "枩", "松", "枀", "松", "曺", "曹", "壯", "壮", "壹", "壱", "貳", "弐", "乘", "乗", "假", "仮", "價", "価",
	"喆", "哲", "嚴", "厳", "塲", "場", "壺", "壷", "孃", "嬢", "寶", "宝", "對", "対",
	"廳", "庁", "戀", "恋", "拜", "拝", "收", "収", "數", "数", "晝", "昼", "會", "会", "檢", "検", "權", "権", "歸", "帰", "氣", "気",
	"濤", "涛", "燒", "焼", "獨", "独", "畫", "画", "發", "発", "盡", "尽", "穰", "穣", "竝", "並", "粹", "粋", "經", "経",
	"舊", "旧", "莖", "茎", "覺", "覚", "觀", "観", "證", "証", "譽", "誉", "賣", "売", "辨", "弁", "遲", "遅", "醫", "医", "釋", "釈",
	"鈎", "鉤", "錄", "録", "陷", "陥", "雙", "双", "餘", "余", "驛", "駅", "髮", "髪", "鬪", "闘", "鷄", "鶏", "麪", "麺",
	"齡", "齢", "冱", "冴", "棲", "栖", "檪", "櫟", "桝", "枡", "菴", "庵", "葢", "蓋", "蔣", "蒋", "蠣", "蛎",
)

// pairs makes a map of letters that stand two by two.
func pairs(list ...string) map[rune]rune {
	out := make(map[rune]rune, len(list)/2)
	for i := 0; i+1 < len(list); i += 2 {
		out[[]rune(list[i])[0]] = []rune(list[i+1])[0]
	}
	return out
}

// Fold is the search copy of a text: NFKC, hiragana for katakana, lower case, variant kanji made one, without variation
// selectors, joiners, middle dots and white space.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKC.String(s) {
		if r >= '一' { // no variant has a lower code
			if v, ok := variants[r]; ok {
				r = v
			}
		}
		switch {
		case r == '\n': // between the fields of a search copy
			b.WriteRune(r)
		case r >= 'ァ' && r <= 'ヶ':
			b.WriteRune(r - 'ァ' + 'ぁ')
		case isSelector(r), unicode.IsSpace(r), r == '・', r == '\u200C', r == '\u200D':
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return norm.NFKC.String(b.String()) // what stood between a letter and its mark may be gone
}

// FoldName is Fold for a name that is looked for in a text at hand: more variants of kanji are one.
func FoldName(s string) string {
	return strings.Map(func(r rune) rune {
		if v, ok := nameVariants[r]; ok {
			return v
		}
		return r
	}, Fold(s))
}

func isSelector(r rune) bool {
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || r >= 0x180B && r <= 0x180D
}
