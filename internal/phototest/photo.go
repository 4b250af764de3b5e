// Package phototest makes pictures for tests: as a phone writes them, with which way is up, time and place, and as somebody does who means harm.
package phototest

import (
	"bytes"
	"compress/zlib"
	_ "embed"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
)

// Written is what a device writes into a picture.
type Written struct {
	Orientation         int    // EXIF 0x0112, 1 to 8
	TakenAt             string // 2006:01:02 15:04:05
	Latitude, Longitude [3]uint32
	Order               binary.ByteOrder // as the device counts; nil: big endian
}

// HEIC is a picture of 640 × 480 pixels as iPhones send them, with the corners of JPEG.
//
//go:embed testdata/picture.heic
var HEIC []byte

// Colours of the corners of what lies in a JPEG: top left and bottom right.
var (
	Red  = color.NRGBA{R: 220, G: 30, B: 30, A: 255}   //nolint:gochecknoglobals // a constant
	Blue = color.NRGBA{R: 30, G: 40, B: 220, A: 255}   //nolint:gochecknoglobals // a constant
	Grey = color.NRGBA{R: 200, G: 200, B: 190, A: 255} //nolint:gochecknoglobals // a constant
)

// JPEG is a grey picture with a red corner top left and a blue one bottom right, as it lies in the file.
func JPEG(t testing.TB, width, height int, w Written) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			switch {
			case x < width/4 && y < height/4:
				img.SetNRGBA(x, y, Red)
			case x >= width*3/4 && y >= height*3/4:
				img.SetNRGBA(x, y, Blue)
			default:
				img.SetNRGBA(x, y, Grey)
			}
		}
	}
	var out bytes.Buffer
	require.NoError(t, jpeg.Encode(&out, img, &jpeg.Options{Quality: 90}))
	exif := append([]byte("Exif\x00\x00"), w.tiff()...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(append(out.Bytes()[:2:2], segment...), exif...), out.Bytes()[2:]...)
}

// HEICWith is HEIC with what a device wrote as a box of its own at the end, and nothing of what its own device wrote.
func HEICWith(w Written) []byte {
	exif := append([]byte("Exif\x00\x00"), w.tiff()...)
	box := append(binary.BigEndian.AppendUint32(nil, uint32(len(exif)+8)), "mdat"...)
	own := bytes.ReplaceAll(HEIC, []byte("Exif\x00\x00"), []byte("none\x00\x00"))
	return append(append(own, box...), exif...)
}

// tiff lays out the three directories of EXIF 2.3: the picture's, the camera's, the place's.
func (w Written) tiff() []byte {
	var order binary.AppendByteOrder = binary.BigEndian
	mark := "MM\x00*"
	if w.Order == binary.LittleEndian {
		order, mark = binary.LittleEndian, "II*\x00"
	}
	const first, camera, gps, data = 8, 8 + 2 + 3*12 + 4, 8 + 2 + 3*12 + 4 + 2 + 12 + 4, 8 + 2 + 3*12 + 4 + 2 + 12 + 4 + 2 + 4*12 + 4
	out := order.AppendUint32([]byte(mark), first)
	entry := func(tag, kind uint16, count uint32, value []byte) {
		out = order.AppendUint32(order.AppendUint16(order.AppendUint16(out, tag), kind), count)
		out = append(out, append(value, 0, 0, 0, 0)[:4]...)
	}
	at := func(offset int) []byte { return order.AppendUint32(nil, uint32(offset)) }
	out = order.AppendUint16(out, 3)
	entry(0x0112, 3, 1, order.AppendUint16(nil, uint16(max(w.Orientation, 1))))
	entry(0x8769, 4, 1, at(camera))
	entry(0x8825, 4, 1, at(gps))
	out = order.AppendUint32(out, 0)
	out = order.AppendUint16(out, 1)
	taken := append([]byte(w.TakenAt), make([]byte, 20)...)[:20]
	entry(0x9003, 2, 20, at(data+48))
	out = order.AppendUint32(out, 0)
	out = order.AppendUint16(out, 4)
	entry(1, 2, 2, []byte("N\x00"))
	entry(2, 5, 3, at(data))
	entry(3, 2, 2, []byte("E\x00"))
	entry(4, 5, 3, at(data+24))
	out = order.AppendUint32(out, 0)
	for _, place := range [][3]uint32{w.Latitude, w.Longitude} {
		for _, part := range place {
			out = order.AppendUint32(order.AppendUint32(out, part), 1)
		}
	}
	return append(out, taken...)
}

// Bomb is a PNG of width × height pixels of one bit, a few megabytes long at most.
func Bomb(t testing.TB, width, height int) []byte {
	t.Helper()
	return png(t, width, height, (width+7)/8, []byte{1, 0, 0, 0, 0})
}

// DeepBomb is a PNG of width × height pixels of eight bytes each.
func DeepBomb(t testing.TB, width, height int) []byte {
	t.Helper()
	return png(t, width, height, width*8, []byte{16, 6, 0, 0, 0})
}

func png(t testing.TB, width, height, row int, format []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	require.NoError(t, err)
	_, err = io.CopyN(z, zeroes{}, int64(height)*int64(1+row))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	out := bytes.NewBufferString("\x89PNG\r\n\x1a\n")
	chunk := func(name string, data []byte) {
		body := append([]byte(name), data...)
		out.Write(binary.BigEndian.AppendUint32(nil, uint32(len(data))))
		out.Write(body)
		out.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(width)), uint32(height))
	chunk("IHDR", append(head, format...))
	chunk("IDAT", packed.Bytes())
	chunk("IEND", nil)
	return out.Bytes()
}

type zeroes struct{}

// Read fills with zeroes.
func (zeroes) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
