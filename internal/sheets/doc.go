// Package sheets holds the forms (帳票) and code lists of the scheme as versioned data with an effective date (適用開始日).
//
// Forms differ between years and municipalities, so nothing of them is written in code: a Book is loaded from JSON files, and
// everything is asked for by date. An old case is shown with the definition of its time.
//
// Every field belongs to exactly one disclosure item (情報の項目) and to the household or to one person; together they
// name the document the field lives in. A field's id is unique within one date over all forms, because it is the key
// inside that document: v["f/<id>"] for scalars (several choices as a JSON array), text "t:f/<id>" for txt and memo, and
// "t:f/<id>_other" for the wording of a choice such as 「その他( )」.
package sheets
