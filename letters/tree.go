package letters

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// node is an element of an XML part, or a piece of text where name is "". Names keep the prefix that stands in the file: Word, WPS and LibreOffice all write w:.
type node struct {
	name     string
	attrs    []xml.Attr
	text     string
	children []*node
}

// What an XML part may be at most.
const (
	nodesLimit = 200_000
	depthLimit = 120
)

// parse reads a part. It refuses what is no XML, a document type (by which entities blow up), and what is nested without end.
func parse(part string, text []byte) (*node, error) {
	damaged := fault("文档已损坏：部件“%s”不是正确的 XML。", "The document is damaged: its part %q is no XML.", clip(part))
	d := xml.NewDecoder(bytes.NewReader(text))
	root := &node{}
	open, count := []*node{root}, 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, damaged
		}
		top := open[len(open)-1]
		if count++; count > nodesLimit || len(open) > depthLimit {
			return nil, fault("文档的内容太多或嵌套太深，不像一份文书模板。", "The document has too much in it, or is nested too deep, for a letter.")
		}
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: named(t.Name), attrs: slices.Clone(t.Attr)}
			top.children, open = append(top.children, n), append(open, n)
		case xml.EndElement:
			if len(open) == 1 || top.name != named(t.Name) {
				return nil, damaged
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 1 {
				top.children = append(top.children, &node{text: string(t)})
			}
		case xml.Directive:
			return nil, fault("文档里有不允许的 XML 声明（DOCTYPE）。", "The document has a document type, which is not allowed.")
		case xml.ProcInst, xml.Comment:
		}
	}
	if len(open) != 1 || len(root.children) != 1 {
		return nil, damaged
	}
	return root.children[0], nil
}

func named(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// write writes the element as a part.
func (n *node) write() []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	n.into(&b)
	return b.Bytes()
}

func (n *node) into(b *bytes.Buffer) {
	if n.name == "" {
		b.WriteString(escaped(n.text))
		return
	}
	b.WriteString("<" + n.name)
	for _, a := range n.attrs {
		b.WriteString(" " + named(a.Name) + `="` + escaped(a.Value) + `"`)
	}
	if len(n.children) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	for _, c := range n.children {
		c.into(b)
	}
	b.WriteString("</" + n.name + ">")
}

func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}

// el makes an element; attrs are names and values in turn.
func el(name string, attrs []string, children ...*node) *node {
	n := &node{name: name, children: children}
	for i := 0; i+1 < len(attrs); i += 2 {
		space, local, prefixed := strings.Cut(attrs[i], ":")
		if !prefixed {
			space, local = "", attrs[i]
		}
		n.attrs = append(n.attrs, xml.Attr{Name: xml.Name{Space: space, Local: local}, Value: attrs[i+1]})
	}
	return n
}

// words makes a piece of text as Word keeps it.
func words(text string) *node {
	return el("w:t", []string{"xml:space", "preserve"}, &node{text: text})
}

// attr is the value of an attribute, "" where there is none.
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if named(a.Name) == name {
			return a.Value
		}
	}
	return ""
}

// child is the first child with the name, or nil.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// clone is a copy that shares nothing.
func (n *node) clone() *node {
	c := &node{name: n.name, attrs: slices.Clone(n.attrs), text: n.text}
	for _, child := range n.children {
		c.children = append(c.children, child.clone())
	}
	return c
}

// said is the text within an element w:t.
func (n *node) said() string {
	var b strings.Builder
	for _, c := range n.children {
		if c.name == "" {
			b.WriteString(c.text)
		}
	}
	return b.String()
}

// say sets the text of an element w:t.
func (n *node) say(text string) {
	n.children = []*node{{text: text}}
	if n.attr("xml:space") == "" {
		n.attrs = append(n.attrs, xml.Attr{Name: xml.Name{Space: "xml", Local: "space"}, Value: "preserve"})
	}
}

// each calls f for every element below with the name; where f returns false it is not gone into.
func (n *node) each(name string, f func(*node) bool) {
	for _, c := range n.children {
		if c.name == name && !f(c) {
			continue
		}
		c.each(name, f)
	}
}

// pieces are the pieces of text of a paragraph, in their order; those of a paragraph within it (a text box) are its own.
func (n *node) pieces() []*node {
	var all []*node
	for _, c := range n.children {
		switch c.name {
		case "w:p":
		case "w:t":
			all = append(all, c)
		default:
			all = append(all, c.pieces()...)
		}
	}
	return all
}

// line is the text of a paragraph.
func (n *node) line() string {
	var b strings.Builder
	for _, p := range n.pieces() {
		b.WriteString(p.said())
	}
	return b.String()
}

// whole is all text within, paragraphs within it too.
func (n *node) whole() string {
	var b strings.Builder
	n.each("w:t", func(t *node) bool { b.WriteString(t.said()); return false })
	return b.String()
}
