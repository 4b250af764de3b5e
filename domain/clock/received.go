package clock

import "time"

// StopReceived stops the clock like Stop and notes when the stop was received, where that was on a later day: nil where it was not.
func (c Clock) StopReceived(at time.Time, received *time.Time, cal Calendar) Clock {
	if !c.StoppedOn.IsZero() {
		return c
	}
	c = c.Stop(at, cal)
	c.ReceivedAt = received
	return c
}

// PauseReceived pauses the clock like Pause and notes when that was received, where it was on a later day: nil where it was not.
func (c Clock) PauseReceived(on Date, reason string, received *time.Time) Clock {
	if c.Paused() || !c.StoppedOn.IsZero() {
		return c
	}
	c = c.Pause(on, reason)
	c.Pauses[len(c.Pauses)-1].ReceivedAt = received
	return c
}

// Received returns when the deeds that the verdict rests on were received, where one of them was dated back: the latest receipt. Nil otherwise,
// and while the clock runs.
func (c Clock) Received() *time.Time {
	latest := c.ReceivedAt
	if c.StoppedOn.IsZero() {
		return nil
	}
	for _, p := range c.Pauses {
		if p.ReceivedAt != nil && (latest == nil || p.ReceivedAt.After(*latest)) {
			latest = p.ReceivedAt
		}
	}
	return latest
}
