package papers

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kasane/internal/pdf"
)

// readings are the words of the papers a person is given, each with its reading: [漢字|かな]. The longest one that fits is taken, so a word
// whose reading depends on what follows stands here with it. What is not listed has no reading.
var readings = strings.Fields(`
[私|わたし] [情報|じょうほう] [共有|きょうゆう] [関|かん]する [同意書|どういしょ] [同意|どうい] [同意日|どういび] [相談|そうだん] [関係|かんけい] [機関|きかん] [協力|きょうりょく] [支援|しえん]
[支援者|しえんしゃ] [行|おこな]う [書|か]かれ [書|か]き [書|か]いた [書|か]く [書|か]け [項目|こうもく] [目的|もくてき] [範囲|はんい] [提供|ていきょう] [説明|せつめい] [受|う]け [後|あと]から [後|あと]は [撤回|てっかい]
[撤回届|てっかいとどけ] [有効|ゆうこう] [有効期間|ゆうこうきかん] [期間|きかん] [過|す]ぎ [確認|かくにん] [個人番号|こじんばんごう] [全部|ぜんぶ] [一部|いちぶ] [担当者|たんとうしゃ] [担当|たんとう] [口頭|こうとう] [伝|つた]え
[出|だ]し [新|あら]た [新|あたら]しい [止|と]め [作|つく]られ [記録|きろく] [法令|ほうれい] [定|さだ]め [保存|ほぞん] [人|ひと] [人|ひと]たち [言|い]う [言|い]った [言|い]い
[本人|ほんにん] [氏名|しめい] [生年月日|せいねんがっぴ] [番号|ばんごう] [同意書番号|どういしょばんごう] [利用|りよう] [先|さき] [元|もと] [形態|けいたい] [方法|ほうほう] [配慮|はいりょ] [説明者|せつめいしゃ] [日時|にちじ] [自署|じしょ] [署名|しょめい]
[代筆|だいひつ] [代筆者|だいひつしゃ] [続柄|つづきがら] [理由|りゆう] [立会人|たちあいにん] [立会者|たちあいしゃ] [聴取者|ちょうしゅしゃ] [場所|ばしょ] [発言|はつげん] [要旨|ようし] [電話|でんわ] [対面|たいめん] [窓口|まどぐち] [訪問|ほうもん] [書面|しょめん] [送付|そうふ]
[日本語|にほんご] [通訳|つうやく] [通訳者|つうやくしゃ] [言語|げんご] [手話|しゅわ] [読|よ]み [上|あ]げ [家族|かぞく] [同席|どうせき] [立場|たちば] [親権者|しんけんしゃ] [未成年後見人|みせいねんこうけんにん] [成年後見人|せいねんこうけんにん]
[保佐人|ほさにん] [補助人|ほじょにん] [代理|だいり] [代理権|だいりけん] [書類|しょるい] [基本|きほん] [健康|けんこう] [医療|いりょう] [障害|しょうがい] [介護|かいご] [収入|しゅうにゅう] [家計|かけい] [債務|さいむ] [就労|しゅうろう] [学歴|がくれき]
[学校|がっこう] [子|こ]ども [虐待|ぎゃくたい] [司法|しほう] [前歴|ぜんれき] [経過|けいか] [写真|しゃしん] [録音|ろくおん] [住所|じゅうしょ] [連絡先|れんらくさき] [連絡|れんらく] [調整|ちょうせい] [重層的支援会議|じゅうそうてきしえんかいぎ] [協議|きょうぎ]
[会議|かいぎ] [作成|さくせい] [参加|さんか] [統計|とうけい] [匿名|とくめい] [事例|じれい] [検討|けんとう] [研修|けんしゅう] [必要|ひつよう] [認|みと]める [紙|かみ] [電子|でんし] [画面|がめん] [表示|ひょうじ] [控|ひか]え [申|もう]し [出|で] [届|とど]け
[受付|うけつけ] [受付者|うけつけしゃ] [反映|はんえい] [時刻|じこく] [周知先|しゅうちさき] [備考|びこう] [欄|らん] [文面|ぶんめん] [版|はん] [年|ねん] [月|がつ] [日|にち] [日付|ひづけ] [令和|れいわ] [始|はじ]まり [終|お]わり [次|つぎ] [付|つ]け [付|づけ]の
[補足|ほそく] [済|ず]み [交付|こうふ] [場合|ばあい] [困|こま]った [病気|びょうき] [病院|びょういん] [名前|なまえ] [生|う]まれた [薬|くすり] [体|からだ] [心|こころ] [暮|く]らし [働|はたら]く [仕事|しごと] [学|まな]んだ [助|たす]け [手伝|てつだ]い [使|つか]う
[今|いま]まで [警察|けいさつ] [裁判|さいばん] [声|こえ] [住|す]んで [所|ところ] [電話番号|でんわばんごう] [話|はな]し [話|はな]す [決|き]める [考|かんが]える [楽|たの]しみ [数|かず] [勉強|べんきょう] [来|き]て [会|あ]い [行|い]く [何|なに] [誰|だれ]
[見|み]せる [見|み]せない [機械|きかい] [聞|き]く [聞|き]いた [全|すべ]て [中|なか] [約束|やくそく] [親|おや] [代|か]わり [代|か]わりに [裁判所|さいばんしょ] [決|き]めた [自分|じぶん] [手紙|てがみ] [家|いえ] [様|さま] [市|し] [御中|おんちゅう] [提出先|ていしゅつさき]
[状態|じょうたい] [内容|ないよう] [対象|たいしょう] [者|しゃ] [分|わ]かり [問|と]い [合|あ]わせ [大切|たいせつ] [取|と]り [消|け]す [消|け]し [渡|わた]し [期限|きげん] [更新|こうしん] [守|まも]ります [変|か]わり
[目標|もくひょう] [役割|やくわり] [役割分担|やくわりぶんたん] [分担|ぶんたん] [主担当機関|しゅたんとうきかん] [次回|じかい] [意向|いこう] [方針|ほうしん] [状況|じょうきょう] [事業|じぎょう] [出席|しゅっせき] [決|き]まった [決|き]まって [思|おも]い [来|き]た
[食|た]べる [お金|おかね] [借|か]りた [足|た]りない [払|はら]って [給料|きゅうりょう] [入|はい]る [手帳|てちょう] [暴力|ぼうりょく] [怖|こわ]い [悪|わる]い [刑務所|けいむしょ] [起|お]きた [動画|どうが] [撮|と]った [先生|せんせい] [誰|だれ]か [集|あつ]まって [計画|けいかく]
[家|いえ]に [居場所|いばしょ] その[他|た] [言|い]った[日|ひ] [生|う]まれた[日|ひ] [渡|わた]した[日|ひ] [話|はな]した[日|ひ] [出|だ]す[日|ひ] [届|とど]け[出|で]の[日|ひ] [話|はな]した[人|ひと] [本人用|ほんにんよう] [確|たし]かめ [前|まえ]に [今|いま]の [話|はなし]を [上|うえ]の [聞|き]いて [画|かく] [時|じ] [分|ふん] [第|だい] [作|つく]る [見|み]る [会|あ]って [行|い]って [探|さが]す [調|しら]べる [分|わ]からない [分|わ]からないように [練習|れんしゅう] [後見|こうけん]
`)

// dictionary maps the plain form of a reading's word to its runs; by its first character, longest first.
var dictionary = makeDictionary(readings)

type word struct {
	plain string
	runs  []pdf.Run
}

func makeDictionary(list []string) map[rune][]word {
	out := map[rune][]word{}
	for _, entry := range list {
		var w word
		for rest := entry; rest != ""; {
			before, more, marked := strings.Cut(rest, "[")
			if before != "" {
				w.runs, w.plain = append(w.runs, pdf.Run{Text: before}), w.plain+before
			}
			if !marked {
				break
			}
			group, after, _ := strings.Cut(more, "]")
			text, reading, _ := strings.Cut(group, "|")
			w.runs, w.plain = append(w.runs, pdf.Run{Text: text, Reading: reading}), w.plain+text
			rest = after
		}
		first, _ := utf8.DecodeRuneInString(w.plain)
		out[first] = append(out[first], w)
	}
	for r := range out {
		slices.SortStableFunc(out[r], func(a, b word) int { return len(b.plain) - len(a.plain) })
	}
	return out
}

// furigana gives a text its readings, as far as the dictionary knows them.
func furigana(text string) []pdf.Run {
	var out []pdf.Run
	plain := ""
	flush := func() {
		if plain != "" {
			out, plain = append(out, pdf.Run{Text: plain}), ""
		}
	}
	for text != "" {
		r, n := utf8.DecodeRuneInString(text)
		i := slices.IndexFunc(dictionary[r], func(w word) bool { return strings.HasPrefix(text, w.plain) })
		if i < 0 {
			plain, text = plain+text[:n], text[n:]
			continue
		}
		flush()
		out, text = append(out, dictionary[r][i].runs...), text[len(dictionary[r][i].plain):]
	}
	flush()
	return out
}

// Unread lists the kanji of a text that get no reading, for the tests of what is fixed.
func Unread(text string) string {
	var b strings.Builder
	for _, r := range furigana(text) {
		if r.Reading != "" {
			continue
		}
		for _, c := range r.Text {
			if unicode.Is(unicode.Han, c) && c != '々' {
				b.WriteRune(c)
			}
		}
	}
	return b.String()
}
