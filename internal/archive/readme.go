package archive

import (
	"fmt"
	"strings"

	"kasane/internal/jptime"
)

// readme is what stands beside the records for whoever opens the package without Kasane.
func (x *exporter) readme() []byte {
	year := "全年度"
	if x.Year != 0 {
		year = jptime.FiscalYearName(x.Year)
	}
	part := ""
	if x.Only != nil {
		part = "この包みは、書き出した職員が見られる記録だけを含みます（利害関係者の閲覧遮断があるケースの文書は入りません）。\n"
	}
	return []byte(fmt.Sprintf(strings.TrimSpace(readmeText)+"\n", x.Municipality.Name, year, jptime.FormatDateTime(x.At), x.out.Records, x.out.Disposed, part))
}

const readmeText = `
重層的支援会議の記録の引渡し

  団体　　　%s
  対象　　　%s に確定した文書
  書出し　　%s
  件数　　　文書 %d件、廃棄済み（台帳だけ） %d件
%s
この包みは BagIt 1.0（RFC 8493）の形です。Kasane（重ね）がなくても、次の道具だけで開き、確かめられます。

1　中にあるもの
  data/pdf/          確定した文書（PDF/A-2a、PDF/UA-1）。名前は「会議日_会議名_回次_ケースID_文書名_版」
  data/content/      その文書の元になった内容（正規化したJSON）。名前は文書番号
  data/ledger.csv    台帳（文書番号、件名、会議日、ケースID、作成者、確定日、保存年限、満了日、SHA-256、頁数 ほか）。表計算ソフトで開けます
  data/proof.json    改ざんがないことの証明（記録の連鎖、監査ログの到達点と署名、到達点までの道筋）
  manifest-sha256.txt     data の下にあるすべてのファイルのSHA-256
  tagmanifest-sha256.txt  それ以外のファイルのSHA-256

2　壊れていないことを確かめる（このファイルのあるフォルダーで）
  sha256sum -c manifest-sha256.txt
  sha256sum -c tagmanifest-sha256.txt
  qpdf --check data/pdf/（ファイル名）
  Windows では: certutil -hashfile （ファイル名） SHA256

3　確定したときのままであることを確かめる
  上の確認で分かるのは、この包みが書き出したときのままであることです。
  文書が「確定したとき」のままであることは、data/proof.json で確かめます。
  kasane verify --package （このフォルダー） --key （団体が公表した検証鍵） と実行するか、次の手順で計算してください。
  (1) 台帳の SHA-256 と、PDF の SHA-256 が一致する。
  (2) 文書の連鎖のハッシュは、"kasane-archive-1" に続けて、前の文書の連鎖のハッシュ、団体のID、文書のID、番号 … の各項目を、
      バイト数（可変長整数 uvarint）と値の順に並べたもののSHA-256である。各文書は一つ前の文書の連鎖のハッシュを含むので、
      一つでも変える・抜く・入れ替えると、後のすべてと合わなくなる。
  (3) 文書を確定したことは監査ログの1行である。監査ログはハッシュ木（RFC 6962 と同じ形）で、行の葉のハッシュから path を順に
      合わせると、到達点（checkpoint）の根のハッシュになる。到達点には団体の鍵の署名（Ed25519）がある。
  (4) 到達点は確定した各PDFの末尾にも印字されている。紙に残る古い到達点とも突き合わせられる。

4　廃棄済みの文書
  台帳の「状態」が「廃棄済み」の文書は、保存期間が満了し、起案と決裁を経て本文を廃棄したものです。文書番号・文書名・SHA-256 は残り、
  廃棄証明書に載っています。

取扱注意　個人情報を含みます。受け渡しと保管は、団体の情報セキュリティの定めに従ってください。
`
