package archive

import (
	"fmt"
	"strings"

	"kasane/internal/jptime"
	"kasane/internal/seal"
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
	return []byte(fmt.Sprintf(strings.TrimSpace(readmeText)+"\n", x.Municipality.Name, year, jptime.FormatDateTime(x.At), x.out.Records, x.out.Disposed, part, x.certificateLine(), x.signatureText()))
}

// certificateLine names the certificates of the package.
func (x *exporter) certificateLine() string {
	if len(x.Signatures.Roots) == 0 {
		return ""
	}
	return "  data/certificates/ 電子署名を確かめるためのルート証明書（root.pem。時刻認証局のものは tsa-root.pem）\n"
}

// signatureText tells how the signatures can be checked with programs of others.
func (x *exporter) signatureText() string {
	if len(x.Signatures.Roots) == 0 {
		return "  この包みを作ったとき、認証局は設定されていませんでした。文書に電子署名はありません（台帳の「電子署名」）。\n"
	}
	var prints strings.Builder
	for _, c := range x.Signatures.Roots {
		fmt.Fprintf(&prints, "    %s　%s\n", seal.Print(c), c.Subject.CommonName)
	}
	return fmt.Sprintf(strings.TrimPrefix(signedText, "\n"), prints.String())
}

const signedText = `
  台帳の「電子署名」が「あり」の文書には、団体の電子署名（PAdES、ETSI.CAdES.detached）があります。ルート証明書 data/certificates/root.pem の
  SHA-256 が、団体が公表したものと同じことを、先に確かめてください。この包みに入っているだけでは、信頼する理由になりません。
%s
  openssl x509 -in data/certificates/root.pem -noout -fingerprint -sha256
  Adobe Acrobat Reader では、root.pem を「信頼済み証明書」に加えて文書を開くと、署名パネルに結果が出ます。
  pdfsig（poppler-utils）と certutil（libnss3-tools）では:
    mkdir nss && certutil -N -d sql:nss --empty-password
    certutil -A -d sql:nss -n kasane -t CT,CT,CT -i data/certificates/root.pem
    pdfsig -nssdir sql:nss data/pdf/（ファイル名）
    「Signature is Valid」「Certificate is Trusted」「Total document signed」の3つがあれば、署名は正しく、全体を覆っています。
    署名用証明書の期限が過ぎたあとは「Certificate has Expired」と出ますが、署名した日時に有効であれば署名は有効です
    （kasane verify --package は署名した日時で判断します）。
  openssl だけでも確かめられます。PDF の ByteRange の範囲をつないだものを data.bin、Contents の16進数を2進にしたものを sig.der として:
    openssl cms -verify -cades -binary -inform DER -in sig.der -content data.bin -CAfile data/certificates/root.pem -purpose any -out /dev/null
`

const readmeText = `
重層的支援会議の記録の引渡し

  団体　　　%s
  対象　　　%s に確定した文書
  書出し　　%s
  件数　　　文書 %d件、廃棄済み（台帳だけ） %d件
%s
この包みは BagIt 1.0（RFC 8493）の形です。Kasane（重ね）がなくても、次の道具だけで開き、確かめられます。

1　中にあるもの
  data/pdf/          確定した文書（PDF/A-2a。元データの添付があるものはPDF/A-3a。PDF/UA-1）。名前は「会議日_会議名_回次_ケースID_文書名_版」
  data/content/      その文書の元になった内容（正規化したJSON）。名前は文書番号（訂正した版は _v2 など）
                     訂正した会議録は、前の版もこの版も同じ文書番号で入ります。台帳の「訂正」に、どの版で訂正されたかがあります
  data/ledger.csv    台帳（文書番号、件名、会議日、ケースID、作成者、確定日、保存年限、満了日、SHA-256、頁数 ほか）。表計算ソフトで開けます
%s  data/proof.json    改ざんがないことの証明（記録の連鎖、監査ログの到達点と署名、到達点までの道筋）
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

4　電子署名を確かめる
%s
5　廃棄済みの文書
  台帳の「状態」が「廃棄済み」の文書は、保存期間が満了し、起案と決裁を経て本文を廃棄したものです。文書番号・文書名・SHA-256 は残り、
  廃棄証明書に載っています。

取扱注意　個人情報を含みます。受け渡しと保管は、団体の情報セキュリティの定めに従ってください。
`
