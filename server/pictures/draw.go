// Package pictures makes previews of pictures: upright, without anything a device wrote into them, in two sizes, each once. They are drawn in a process of
// their own, one at a time, within bounds of pixels, memory and time, so that no picture can take the server with it.
package pictures

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	_ "image/png" // what a browser sends

	"github.com/gen2brain/heic"
	"github.com/kovidgoyal/imaging"
	"github.com/kovidgoyal/imaging/prism/meta"
	"github.com/kovidgoyal/imaging/prism/meta/autometa"
	"github.com/rwcarlsen/goexif/exif"
	_ "golang.org/x/image/webp" // what a browser sends
)

// Size is one of the two sizes of a preview.
type Size string

// The sizes: in lists and beside words, and alone on a page.
const (
	Small Size = "small"
	Large Size = "large"
)

// Long returns the most pixels of the longer side; a smaller picture stays as it is.
func (s Size) Long() int {
	if s == Small {
		return 640
	}
	return 2048
}

// MostPixels is how many pixels a picture may have to be drawn: those of the largest phone cameras in use (108 megapixels), and no more.
const MostPixels = 120_000_000

// ErrTooLarge says that a picture has more pixels than are drawn.
var ErrTooLarge = errors.New("too many pixels")

// Drawn are the previews of a picture and what it says of itself.
type Drawn struct {
	Width, Height int // upright, in pixels of the original
	Small, Large  []byte
	Claim         Claim
}

// Draw makes the previews of a picture as it was received. Its size is looked at before anything is decoded.
func Draw(data []byte) (Drawn, error) {
	var d Drawn
	img, m, err := decode(data)
	if err != nil {
		return d, err
	}
	d.Claim = m.claim
	d.Width, d.Height = img.Bounds().Dx(), img.Bounds().Dy()
	if m.orientation >= 5 {
		d.Width, d.Height = d.Height, d.Width
	}
	large := m.upright(m.colours(onPaper(fit(img, Large.Long()))))
	if d.Large, err = encode(large, 82); err != nil {
		return d, err
	}
	d.Small, err = encode(fit(large, Small.Long()), 80)
	return d, err
}

// said is what a picture's metadata say that bears on how it looks, and what it claims.
type said struct {
	orientation int
	data        *meta.Data // nil where there is none that can be understood
	claim       Claim
}

func decode(data []byte) (image.Image, said, error) {
	if isHEIF(data) {
		if w, h := extent(data); w*h > MostPixels {
			return nil, said{}, fmt.Errorf("%w: %d × %d", ErrTooLarge, w, h)
		}
		img, err := heic.Decode(bytes.NewReader(data)) // it turns and mirrors as the file says, and its EXIF has no say (ISO 23008-12, section 6.5.10)
		if err != nil {
			return nil, said{}, fmt.Errorf("decode the picture: %w", err)
		}
		return img, said{orientation: 1, claim: claimOf(exifIn(data))}, nil
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, said{}, fmt.Errorf("read the picture's size: %w", err)
	}
	if int64(config.Width)*int64(config.Height) > MostPixels {
		return nil, said{}, fmt.Errorf("%w: %d × %d", ErrTooLarge, config.Width, config.Height)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, said{}, fmt.Errorf("decode the picture: %w", err)
	}
	m := said{orientation: 1}
	if m.data, _, err = autometa.Load(bytes.NewReader(data)); err == nil && m.data != nil { // a picture whose metadata are broken is shown as it lies
		if x := exifOf(m.data); x != nil {
			m.orientation, m.claim = orientationOf(x), claimOf(x)
		}
	}
	return img, m, nil
}

// exifOf is what a camera wrote; where parts of it are broken, the rest of it.
func exifOf(m *meta.Data) *exif.Exif {
	if raw := m.ExifData(); len(raw) > 0 {
		if x, err := exif.Decode(bytes.NewReader(raw)); err == nil || x != nil && !exif.IsCriticalError(err) {
			return x
		}
	}
	return nil
}

func orientationOf(x *exif.Exif) int {
	tag, err := x.Get(exif.Orientation)
	if err != nil {
		return 1
	}
	n, err := tag.Int(0)
	if err != nil || n < 1 || n > 8 {
		return 1
	}
	return n
}

// colours brings a picture of another colour space (those of iPhones are in Display P3) to the one that every screen has.
func (m said) colours(img image.Image) image.Image {
	if m.data == nil {
		return img
	}
	profile, err := m.data.ICCProfile()
	if err != nil || profile == nil {
		return img
	}
	converted, err := imaging.ConvertToSRGB(profile, imaging.Relative, true, img)
	if err != nil {
		return img // off in its colours is better than not there
	}
	return converted
}

// upright turns a picture as EXIF says (tag 0x0112).
func (m said) upright(img image.Image) image.Image {
	switch m.orientation {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img)
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return img
}

func fit(img image.Image, long int) image.Image {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if max(w, h) <= long {
		return img
	}
	if w >= h {
		return imaging.Resize(img, long, max(1, h*long/w), imaging.Lanczos)
	}
	return imaging.Resize(img, max(1, w*long/h), long, imaging.Lanczos)
}

// onPaper lays a picture with see-through parts on white.
func onPaper(img image.Image) image.Image {
	if o, ok := img.(interface{ Opaque() bool }); ok && o.Opaque() {
		return img
	}
	paper := image.NewNRGBA(img.Bounds())
	draw.Draw(paper, paper.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(paper, paper.Bounds(), img, img.Bounds().Min, draw.Over)
	return paper
}

// encode writes a JPEG, which holds pixels and nothing else.
func encode(img image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("write the preview: %w", err)
	}
	return out.Bytes(), nil
}

// isHEIF reports whether the file is of the family of HEIC.
func isHEIF(data []byte) bool { return len(data) > 12 && string(data[4:8]) == "ftyp" }

// extent returns the largest size that a file of the HEIC family names (ispe, ISO 23008-12, section 6.5.3), of whatever part of the picture.
func extent(data []byte) (w, h int64) {
	for rest := data; ; {
		at := bytes.Index(rest, []byte("ispe"))
		if at < 0 || len(rest) < at+16 {
			return w, h
		}
		x, y := int64(binary.BigEndian.Uint32(rest[at+8:])), int64(binary.BigEndian.Uint32(rest[at+12:]))
		if x*y > w*h {
			w, h = x, y
		}
		rest = rest[at+4:]
	}
}
