package pictures

import (
	"bytes"
	"math"

	"github.com/rwcarlsen/goexif/exif"

	"github.com/parkway-zone/parkway/store"
)

// Claim is what a picture says of itself. A device wrote it, or anybody who wished to: it is shown as claimed and never reckoned with.
type Claim = store.Claim

// claimOf takes the time and the place out of what a camera wrote; x may be nil.
func claimOf(x *exif.Exif) Claim {
	var c Claim
	if x == nil {
		return c
	}
	if at, err := x.DateTime(); err == nil && at.Year() >= 1990 && at.Year() <= 2100 {
		c.TakenAt = at.Format("2006-01-02 15:04") // the wall's time where it was taken: a camera knows no zone
	}
	lat, long, err := x.LatLong()
	if err == nil && math.Abs(lat) <= 90 && math.Abs(long) <= 180 && (lat != 0 || long != 0) { // cameras without reception write zeroes; NaN is neither
		c.Latitude, c.Longitude = &lat, &long
	}
	return c
}

// exifIn finds what a camera wrote into a file of the HEIC family, where it stands as an item of its own behind the mark "Exif" (ISO 23008-12, annex A.2.1).
func exifIn(data []byte) *exif.Exif {
	for _, order := range []string{"Exif\x00\x00II*\x00", "Exif\x00\x00MM\x00*"} {
		at := bytes.Index(data, []byte(order))
		if at < 0 {
			continue
		}
		x, err := exif.Decode(bytes.NewReader(data[at+6:]))
		if err == nil || x != nil && !exif.IsCriticalError(err) {
			return x
		}
	}
	return nil
}
