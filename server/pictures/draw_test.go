package pictures_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/internal/phototest"
	"github.com/parkway-zone/parkway/server/pictures"
)

func TestMain(m *testing.M) {
	pictures.Called() // drawn apart, the test's own program draws
	os.Exit(m.Run())
}

// near reports whether a corner has a colour, as JPEG keeps colours.
func near(img image.Image, x, y int, want color.NRGBA) bool {
	r, g, b, _ := img.At(x, y).RGBA()
	off := func(got uint32, want uint8) bool { d := int(got>>8) - int(want); return d < 24 && d > -24 }
	return off(r, want.R) && off(g, want.G) && off(b, want.B)
}

// TestPicturesStandUpright: whichever way a phone was held, the preview shows what the eye saw (EXIF 2.3, tag 0x0112).
func TestPicturesStandUpright(t *testing.T) {
	t.Parallel()
	for orientation, red := range map[int]string{1: "top left", 2: "top right", 3: "bottom right", 4: "bottom left", 5: "top left", 6: "top right", 7: "bottom right", 8: "bottom left"} {
		for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
			t.Run(fmt.Sprintf("%d %s", orientation, order), func(t *testing.T) {
				t.Parallel()
				drawn, err := pictures.Draw(phototest.JPEG(t, 800, 600, phototest.Written{Orientation: orientation, Order: order}))
				require.NoError(t, err)
				w, h := 800, 600
				if orientation >= 5 {
					w, h = 600, 800
				}
				require.Equal(t, []int{w, h}, []int{drawn.Width, drawn.Height})
				small, err := jpeg.Decode(bytes.NewReader(drawn.Small))
				require.NoError(t, err)
				require.Equal(t, 640, max(small.Bounds().Dx(), small.Bounds().Dy()))
				require.Equal(t, w > h, small.Bounds().Dx() > small.Bounds().Dy(), "whole, in its own shape")
				right, bottom := small.Bounds().Dx()-5, small.Bounds().Dy()-5
				corners := map[string]image.Point{"top left": {X: 5, Y: 5}, "top right": {X: right, Y: 5}, "bottom right": {X: right, Y: bottom}, "bottom left": {X: 5, Y: bottom}}
				require.True(t, near(small, corners[red].X, corners[red].Y, phototest.Red), "red is %s", red)
				opposite := image.Point{X: right + 5 - corners[red].X, Y: bottom + 5 - corners[red].Y}
				require.True(t, near(small, opposite.X, opposite.Y, phototest.Blue))
			})
		}
	}
}

// TestPreviewsTellNothingOfTheirDevice: what it wrote is read as a claim, and is in neither preview.
func TestPreviewsTellNothingOfTheirDevice(t *testing.T) {
	t.Parallel()
	written := phototest.Written{Orientation: 6, TakenAt: "2026:11:25 14:03:05", Latitude: [3]uint32{34, 24, 36}, Longitude: [3]uint32{115, 39, 18}}
	for name, data := range map[string][]byte{"JPEG": phototest.JPEG(t, 3000, 2000, written), "HEIC": phototest.HEICWith(written)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, string(data), "Exif\x00\x00")
			drawn, err := pictures.Draw(data)
			require.NoError(t, err)
			require.Equal(t, "2026-11-25 14:03", drawn.Claim.TakenAt)
			require.InDelta(t, 34.41, *drawn.Claim.Latitude, 0.0001)
			require.InDelta(t, 115.655, *drawn.Claim.Longitude, 0.0001)
			for _, preview := range [][]byte{drawn.Small, drawn.Large} {
				require.NotContains(t, string(preview), "Exif")
				require.NotContains(t, string(preview), "2026:11:25")
				for _, marker := range []byte{0xe1, 0xe2, 0xed, 0xfe} { // APP1, APP2, APP13, comment
					require.NotContains(t, string(preview[:200]), string([]byte{0xff, marker}))
				}
			}
			large, err := jpeg.DecodeConfig(bytes.NewReader(drawn.Large))
			require.NoError(t, err)
			require.LessOrEqual(t, max(large.Width, large.Height), 2048)
			require.Less(t, len(drawn.Small), 150<<10)
		})
	}
}

func TestHEICIsShown(t *testing.T) {
	t.Parallel()
	drawn, err := pictures.Draw(phototest.HEIC)
	require.NoError(t, err)
	require.Equal(t, []int{640, 480}, []int{drawn.Width, drawn.Height})
	small, err := jpeg.Decode(bytes.NewReader(drawn.Small))
	require.NoError(t, err)
	require.Equal(t, image.Rect(0, 0, 640, 480), small.Bounds(), "a small picture is not blown up")
	require.True(t, near(small, 5, 5, phototest.Red))
	require.True(t, near(small, 634, 474, phototest.Blue))
}

// TestAPictureWithoutAPlaceClaimsNone: a phone without reception writes zeroes.
func TestAPictureWithoutAPlaceClaimsNone(t *testing.T) {
	t.Parallel()
	drawn, err := pictures.Draw(phototest.JPEG(t, 64, 48, phototest.Written{}))
	require.NoError(t, err)
	require.Equal(t, pictures.Claim{}, drawn.Claim)
}

// TestDrawnApart: in a process of its own, within its bounds.
func TestDrawnApart(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	require.NoError(t, err)
	draw := pictures.Apart(self)
	refused := func(t *testing.T, data []byte, reason string) {
		t.Helper()
		_, err := draw(t.Context(), data)
		var failure *pictures.Failure
		require.ErrorAs(t, err, &failure)
		require.Equal(t, reason, failure.Reason, failure.Detail)
	}
	t.Run("AsInside", func(t *testing.T) {
		t.Parallel()
		photo := phototest.JPEG(t, 1200, 900, phototest.Written{Orientation: 8, TakenAt: "2026:11:25 14:03:05"})
		want, err := pictures.Draw(photo)
		require.NoError(t, err)
		got, err := draw(t.Context(), photo)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
	t.Run("HEIC", func(t *testing.T) {
		t.Parallel()
		got, err := draw(t.Context(), phototest.HEIC)
		require.NoError(t, err)
		require.NotEmpty(t, got.Small)
	})
	t.Run("RefusesABomb", func(t *testing.T) {
		t.Parallel()
		bomb := phototest.Bomb(t, 50_000, 50_000)
		require.Less(t, len(bomb), 4<<20, "small to send")
		began := time.Now()
		refused(t, bomb, pictures.TooLarge)
		require.Less(t, time.Since(began), 20*time.Second)
	})
	t.Run("RefusesAHEICBomb", func(t *testing.T) {
		t.Parallel()
		bomb := bytes.Clone(phototest.HEIC)
		at := bytes.Index(bomb, []byte("ispe"))
		binary.BigEndian.PutUint32(bomb[at+8:], 50_000)
		binary.BigEndian.PutUint32(bomb[at+12:], 50_000)
		refused(t, bomb, pictures.TooLarge)
	})
	t.Run("RefusesWhatNeedsTooMuchMemory", func(t *testing.T) {
		t.Parallel()
		// Few enough pixels, but of 8 bytes each.
		refused(t, phototest.DeepBomb(t, 10_900, 11_000), pictures.TooLarge)
	})
	t.Run("RefusesWhatIsBroken", func(t *testing.T) {
		t.Parallel()
		photo := phototest.JPEG(t, 200, 100, phototest.Written{})
		refused(t, photo[:len(photo)/2], pictures.Damaged)
		refused(t, []byte("no picture"), pictures.Damaged)
		refused(t, nil, pictures.Damaged)
		refused(t, phototest.HEIC[:len(phototest.HEIC)/3], pictures.Damaged)
	})
	t.Run("EndsWhenCalledOff", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := draw(ctx, phototest.HEIC)
		require.ErrorIs(t, err, ctx.Err())
	})
}
