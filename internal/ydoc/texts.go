package ydoc

// Texts visits every piece of text that an update holds: text content, keys, names, and strings anywhere in values, formats and embeds. A
// caller checks there what people may not type. It stops at the first error of visit and returns it; ErrMalformed if update does not decode.
func Texts(update []byte, visit func(string) error) error {
	u, err := decode(update)
	if err != nil {
		return err
	}
	for _, bl := range u.blocks {
		for _, it := range bl.items {
			if err := u.texts(it, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

// texts visits the texts of one decoded struct.
func (u *update) texts(it *item, visit func(string) error) error {
	var all []Value
	if it.sub != 0 {
		all = append(all, u.keyOf(it.sub))
	}
	if it.parent != nil {
		all = append(all, it.parent.name)
	}
	switch it.kind {
	case ContentType:
		all = append(all, it.typ().name)
	case ContentFormat:
		k, v := it.format()
		all = append(all, k, jsonValue(v))
	case ContentDoc:
		r := reader{b: it.bytes()}
		all = append(all, string(r.str()), r.any())
	case ContentAny, ContentJSON, ContentString, ContentEmbed:
		it.each(func(v Value) bool {
			all = append(all, v)
			return true
		})
	}
	return visitStrings(all, visit)
}

// visitStrings visits the strings in v, at any depth.
func visitStrings(v Value, visit func(string) error) error {
	switch v := v.(type) {
	case string:
		if v != "" {
			return visit(v)
		}
	case []any:
		for _, e := range v {
			if err := visitStrings(e, visit); err != nil {
				return err
			}
		}
	case map[string]any:
		for k, e := range v {
			if err := visitStrings(k, visit); err != nil {
				return err
			}
			if err := visitStrings(e, visit); err != nil {
				return err
			}
		}
	}
	return nil
}
