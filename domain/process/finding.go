package process

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Finding is one thing that verification of a case found not to be as its history says.
type Finding struct {
	Sort     FindingSort     `json:"sort"`
	Says     Text            `json:"says"`
	Note     bool            `json:"note,omitempty"`    // worth knowing, and no sign of tampering
	Version  int64           `json:"version,omitempty"` // of the event it is about
	Path     string          `json:"path,omitempty"`    // of the fact
	File     string          `json:"file,omitempty"`    // number and revision of the attachment, e.g. 3.1
	Name     string          `json:"name,omitempty"`    // of the file
	Expected json.RawMessage `json:"expected,omitempty"`
	Found    json.RawMessage `json:"found,omitempty"`
}

// FindingSort is what sort of thing was found.
type FindingSort string

// The sorts of findings.
const (
	EventMissing     FindingSort = "event_missing"
	EventChanged     FindingSort = "event_changed"
	EventUnchained   FindingSort = "event_unchained"
	EventContradicts FindingSort = "event_contradicts" // it says a fact was otherwise than the events before say
	HeadDiffers      FindingSort = "head_differs"
	FactDiffers      FindingSort = "fact_differs"
	ReceiptDiffers   FindingSort = "receipt_differs" // the file as it was received is not what the attachment says
	FileMissing      FindingSort = "file_missing"
	FileChanged      FindingSort = "file_changed"
	FileUnreadable   FindingSort = "file_unreadable"
	NotInEvents      FindingSort = "not_in_events" // recorded before events held every fact
)

// MissingEvents finds that no event has the version, or none of the versions up to the last.
func MissingEvents(first, last int64) Finding {
	which, english := fmt.Sprintf("第 %d 条", first), fmt.Sprintf("event %d", first)
	if last > first {
		which, english = fmt.Sprintf("第 %d 至 %d 条", first, last), fmt.Sprintf("events %d to %d", first, last)
	}
	return Finding{Sort: EventMissing, Version: first, Says: Text{Chinese: which + "经过不见了", English: "an event is missing: " + english}}
}

// ChangedEvent finds that an event's fingerprint is not that of its content.
func ChangedEvent(version int64) Finding {
	return Finding{Sort: EventChanged, Version: version, Says: Text{Chinese: fmt.Sprintf("第 %d 条经过和写入时不一样", version), English: "the event is not what was written"}}
}

// UnchainedEvent finds that an event does not carry the fingerprint of the one before.
func UnchainedEvent(version int64) Finding {
	return Finding{Sort: EventUnchained, Version: version, Says: Text{Chinese: fmt.Sprintf("第 %d 条经过没有接在上一条后面", version), English: "the event is not chained to the one before"}}
}

// OtherHead finds that the chain does not end where the case says.
func OtherHead(version int64, expected, found string) Finding {
	return Finding{Sort: HeadDiffers, Version: version, Expected: quoted(expected), Found: quoted(found),
		Says: Text{Chinese: "最后一条经过和事项上登记的指纹对不上", English: "the chain does not end at the head of the case"}}
}

// Contradiction finds that an event says a fact was otherwise than the events before say.
func Contradiction(version int64, c Change) Finding {
	return Finding{Sort: EventContradicts, Version: version, Path: c.Path, Expected: c.Old, Found: c.New,
		Says: Text{Chinese: fmt.Sprintf("第 %d 条经过所写的原值和之前的经过对不上", version), English: "what the event says it found is not what the events before left"}}
}

// OtherFact finds that the case as it is kept is not what its events say.
func OtherFact(c Change) Finding {
	f := Finding{Sort: FactDiffers, Path: c.Path, Expected: c.Old, Found: c.New, Says: Text{Chinese: "现存的内容和经过对不上", English: "what is kept is not what the events say"}}
	if steps := Steps(c.Path); len(steps) > 1 && steps[0].Name == "attachments" {
		f.File = steps[1].Name
	}
	return f
}

// OtherReceipt finds that a file as it was received is not what the attachment says.
func OtherReceipt(a Attachment, field, expected, found string) Finding {
	f := ofFile(ReceiptDiffers, a, "收到文件时的登记和附件对不上", "the file as it was received is not what the attachment says")
	f.Path, f.Expected, f.Found = "attachments["+f.File+"]."+field, quoted(expected), quoted(found)
	return f
}

// MissingFile finds that the bytes of a file are not there.
func MissingFile(a Attachment) Finding {
	f := ofFile(FileMissing, a, "文件不见了", "the file is not there")
	f.Expected = quoted(a.SHA256)
	return f
}

// ChangedFile finds that the bytes of a file are not the ones whose fingerprint the events hold.
func ChangedFile(a Attachment, found string) Finding {
	f := ofFile(FileChanged, a, "文件内容和收到时不一样", "the file is not what was received")
	f.Expected, f.Found = quoted(a.SHA256), quoted(found)
	return f
}

// UnreadableFile finds that the bytes of a file could not be read, so that nothing is known about them.
func UnreadableFile(a Attachment) Finding {
	return ofFile(FileUnreadable, a, "文件现在读不出来，没有核验", "the file could not be read now, so it was not checked")
}

// OtherLetter finds that the file of an official letter is not what was issued, or not there.
func OtherLetter(seq int, number, expected, found string) Finding {
	f := Finding{Sort: FileChanged, Name: number, Path: fmt.Sprintf("letters[%d].sha256", seq), Expected: quoted(expected), Found: quoted(found),
		Says: Text{Chinese: "文书 " + number + " 的文件和出具时不一样", English: "the file of the letter " + number + " is not what was issued"}}
	if found == "" {
		f.Sort, f.Says = FileMissing, Text{Chinese: "文书 " + number + " 的文件不见了", English: "the file of the letter " + number + " is not there"}
	}
	return f
}

// RecordedBefore notes that the events of a case do not hold every fact, because they were recorded before events did.
func RecordedBefore(version int64) Finding {
	return Finding{Sort: NotInEvents, Note: true, Version: version, Says: Text{
		Chinese: fmt.Sprintf("前 %d 条经过写于「逐项记录」之前，附件、时限等明细没有全部写进经过，无法逐项比对。下一条经过会把全部情况补记进去。", version),
		English: fmt.Sprintf("the first %d events were recorded before events held every fact, so not every fact can be compared; the next event will state them all", version)}}
}

// Outside is the finding as the other party may read it: that something is wrong and where, without the facts themselves.
func (f Finding) Outside() Finding {
	f.Path, f.Name, f.Expected, f.Found = "", "", nil, nil
	return f
}

func ofFile(sort FindingSort, a Attachment, chinese, english string) Finding {
	return Finding{Sort: sort, File: a.ElementName(0), Name: a.Name, Says: Text{Chinese: chinese, English: english}}
}

func quoted(text string) json.RawMessage {
	if text == "" {
		return json.RawMessage("null")
	}
	value, err := json.Marshal(text)
	if err != nil {
		return json.RawMessage("null")
	}
	return value
}

// String tells the finding in one English line, for terminals and logs.
func (f Finding) String() string {
	var b strings.Builder
	if f.Version > 0 {
		fmt.Fprintf(&b, "event %d: ", f.Version)
	}
	if f.File != "" {
		fmt.Fprintf(&b, "file %s %s: ", f.File, f.Name)
	}
	b.WriteString(f.Says.English)
	if f.Path != "" {
		fmt.Fprintf(&b, ": %s", f.Path)
	}
	if f.Expected != nil || f.Found != nil {
		fmt.Fprintf(&b, " (expected %s, found %s)", orNull(f.Expected), orNull(f.Found))
	}
	return b.String()
}
