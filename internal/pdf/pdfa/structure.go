package pdfa

import (
	"fmt"
	"slices"
	"strings"
)

// structure adds the structure tree and gives the number of its root.
func (f *file) structure(in Input) int {
	root := len(f.obj)
	number := func(node int) int { return root + 1 + node }
	parents := number(len(in.Nodes))
	kids := make([][]string, len(in.Nodes))
	var nums strings.Builder
	for p, marks := range in.Marks {
		page := f.pages[p]
		body := f.obj[page]
		f.obj[page] = slices.Concat(body[:len(body)-2], fmt.Appendf(nil, "\n/StructParents %d/Tabs /S>>", p))
		fmt.Fprintf(&nums, "%d [", p)
		for id, node := range marks {
			kids[node] = append(kids[node], fmt.Sprintf("<</Type /MCR/Pg %d 0 R/MCID %d>>", page, id))
			fmt.Fprintf(&nums, "%d 0 R ", number(node))
		}
		nums.WriteString("]")
	}
	for i, n := range in.Nodes {
		if i > 0 {
			kids[n.Parent] = append(kids[n.Parent], fmt.Sprintf("%d 0 R", number(i)))
		}
	}
	f.add(fmt.Appendf(nil, "<</Type /StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>", number(0), parents, len(in.Marks)))
	for i, n := range in.Nodes {
		parent := root
		if i > 0 {
			parent = number(n.Parent)
		}
		attr := ""
		if n.Attr != "" {
			attr = "/A <<" + n.Attr + ">>"
		}
		f.add(fmt.Appendf(nil, "<</Type /StructElem/S /%s/P %d 0 R/K [%s]%s>>", n.Type, parent, strings.Join(kids[i], " "), attr))
	}
	f.add([]byte("<</Nums [" + nums.String() + "]>>"))
	return root
}

// entry is an outline entry with its place in the tree; -1 stands for none.
type entry struct {
	parent, prev, next, first, last, below int
}

// outline adds the bookmarks and gives the number of their root.
func (f *file) outline(marks []Bookmark) int {
	root := len(f.obj)
	number := func(i int) int { return root + 1 + i }
	tree, top := outlineTree(marks)
	f.add(fmt.Appendf(nil, "<</Type /Outlines/First %d 0 R/Last %d 0 R/Count %d>>", number(top.first), number(top.last), len(marks)))
	for i, m := range marks {
		e := tree[i]
		var b strings.Builder
		parent := root
		if e.parent >= 0 {
			parent = number(e.parent)
		}
		page := f.pages[min(max(m.Page, 0), len(f.pages)-1)]
		fmt.Fprintf(&b, "<</Title %s/Parent %d 0 R/Dest [%d 0 R /XYZ null %.2f null]", hexText(m.Title), parent, page, m.Y)
		for _, link := range []struct {
			key string
			to  int
		}{{"Prev", e.prev}, {"Next", e.next}, {"First", e.first}, {"Last", e.last}} {
			if link.to >= 0 {
				fmt.Fprintf(&b, "/%s %d 0 R", link.key, number(link.to))
			}
		}
		if e.below > 0 {
			fmt.Fprintf(&b, "/Count %d", e.below)
		}
		f.add([]byte(b.String() + ">>"))
	}
	return root
}

// outlineTree links the entries by level; an entry that skips levels goes below the one before it.
func outlineTree(marks []Bookmark) (tree []entry, top entry) {
	none := entry{-1, -1, -1, -1, -1, 0}
	tree, top = make([]entry, len(marks)), none
	var open []int // the entries that a deeper one would go below, by depth
	for i, m := range marks {
		tree[i] = none
		open = open[:min(max(m.Level, 0), len(open))]
		owner := &top
		if len(open) > 0 {
			tree[i].parent = open[len(open)-1]
			owner = &tree[tree[i].parent]
		}
		if owner.last >= 0 {
			tree[i].prev, tree[owner.last].next = owner.last, i
		} else {
			owner.first = i
		}
		owner.last = i
		for _, above := range open {
			tree[above].below++
		}
		open = append(open, i)
	}
	return tree, top
}
