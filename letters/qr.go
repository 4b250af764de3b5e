package letters

import (
	"fmt"
	"path"
	"strings"

	"rsc.io/qr"
)

// QR is an address as a QR code: black squares on a grid, for pages that draw it themselves.
func QR(address string) (side int, black func(x, y int) bool, err error) {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return 0, nil, fmt.Errorf("draw the QR code: %w", err)
	}
	return code.Size, code.Black, nil
}

// qrImage is the name of the picture in the file, and its relation.
const qrImage, qrRelation = "word/media/parkway-qr.png", "rIdParkwayQR"

// illustrate puts the QR code into the document as a picture that the part refers to.
func (d *document) illustrate(part, address string) error {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return fmt.Errorf("draw the QR code: %w", err)
	}
	d.put(qrImage, code.PNG())
	rels := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	root := el("Relationships", []string{"xmlns", "http://schemas.openxmlformats.org/package/2006/relationships"})
	if text, known := d.parts[rels]; known {
		if root, err = parse(rels, text); err != nil {
			return err
		}
	}
	root.children = append(root.children, el("Relationship", []string{"Id", qrRelation, "Type", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", "Target", "media/parkway-qr.png"}))
	d.put(rels, root.write())
	types, err := parse(typesPart, d.parts[typesPart])
	if err != nil {
		return err
	}
	png := false
	types.each("Default", func(n *node) bool { png = png || strings.EqualFold(n.attr("Extension"), "png"); return false })
	if !png {
		types.children = append([]*node{el("Default", []string{"Extension", "png", "ContentType", "image/png"})}, types.children...)
		d.put(typesPart, types.write())
	}
	return nil
}

// drawing is the picture in a line of text: 22 mm, which a phone reads from a printed page.
func drawing(n int) *node {
	const side = "792000" // English Metric Units: 36,000 a millimetre
	id := fmt.Sprint(9000 + n)
	extent := []string{"cx", side, "cy", side}
	return el("w:drawing", nil, el("wp:inline", []string{"xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "distT", "0", "distB", "0", "distL", "0", "distR", "0"},
		el("wp:extent", extent), el("wp:docPr", []string{"id", id, "name", "QR " + id, "descr", "扫码核对真伪"}),
		el("a:graphic", []string{"xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"},
			el("a:graphicData", []string{"uri", "http://schemas.openxmlformats.org/drawingml/2006/picture"},
				el("pic:pic", []string{"xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"},
					el("pic:nvPicPr", nil, el("pic:cNvPr", []string{"id", id, "name", "qr.png"}), el("pic:cNvPicPr", nil)),
					el("pic:blipFill", nil, el("a:blip", []string{"xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r:embed", qrRelation}), el("a:stretch", nil, el("a:fillRect", nil))),
					el("pic:spPr", nil, el("a:xfrm", nil, el("a:off", []string{"x", "0", "y", "0"}), el("a:ext", extent)),
						el("a:prstGeom", []string{"prst", "rect"}, el("a:avLst", nil))))))))
}
