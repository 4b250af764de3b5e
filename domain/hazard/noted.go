package hazard

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
)

// Claimed is what a device says of when and where a hazard was written down on it. Its clock may be a year off and its position made up: it is kept and shown as
// claimed, and nothing is reckoned with it.
type Claimed struct {
	At        string `json:"at" minLength:"1" maxLength:"40" doc:"When, by the device's clock, written like 2026-11-23T09:00:00+08:00." example:"2026-11-23T09:00:00+08:00"`
	Latitude  string `json:"latitude,omitempty" maxLength:"12" doc:"Where, in degrees (WGS 84), with its longitude; empty: not claimed." example:"33.48210"`
	Longitude string `json:"longitude,omitempty" maxLength:"13" doc:"Where, in degrees." example:"117.88340"`
	Metres    int    `json:"metres,omitempty" minimum:"0" maximum:"1000000" doc:"By how many metres the position may be wrong, as the device says." example:"15"`
}

// Noted is what was claimed, beside when it was received, which is what counts.
type Noted struct {
	Claimed
	ReceivedAt time.Time `json:"received_at"`
}

// received puts the claim beside the time at which it came; nil claims nothing. It refuses what is no time.
func (c *Claimed) received(at time.Time) (*Noted, error) {
	if c == nil {
		return nil, nil
	}
	if _, err := time.Parse(time.RFC3339, c.At); err != nil {
		return nil, process.RefuseField("noted.at", "手机时间应写成 2026-11-23T09:00:00+08:00 的样子。", "Write the device's time like 2026-11-23T09:00:00+08:00.")
	}
	var faults process.Faults
	for _, one := range []struct {
		field, says, other string
		most               float64
	}{{"noted.latitude", c.Latitude, c.Longitude, 90}, {"noted.longitude", c.Longitude, c.Latitude, 180}} {
		degrees, err := strconv.ParseFloat(one.says, 64)
		switch {
		case one.says == "" && one.other != "":
			faults.Note(process.RefuseField(one.field, "经度和纬度要一起填写。", "Latitude and longitude come together."))
		case one.says != "" && (err != nil || math.IsNaN(degrees) || math.Abs(degrees) > one.most):
			faults.Note(process.RefuseField(one.field, fmt.Sprintf("应是 -%.0f 到 %.0f 之间的度数，如 33.48210。", one.most, one.most), fmt.Sprintf("Degrees between -%.0f and %.0f, like 33.48210.", one.most, one.most)))
		}
	}
	return &Noted{Claimed: *c, ReceivedAt: at}, faults.Err()
}

// Shown is the time that the device claims, as it is shown: the wall's time where it was.
func (n Noted) Shown() string {
	at, err := time.Parse(time.RFC3339, n.At)
	if err != nil {
		return n.At
	}
	return at.Format("2006-01-02 15:04")
}

// Off is by how much the device's clock differs from when it was received, in either direction.
func (n Noted) Off() time.Duration {
	at, err := time.Parse(time.RFC3339, n.At)
	if err != nil {
		return 0
	}
	return n.ReceivedAt.Sub(at).Abs()
}
