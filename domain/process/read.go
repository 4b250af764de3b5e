package process

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"

	"github.com/parkway-zone/parkway/domain/value"
)

// Tidy returns a command's JSON input with every text in the form in which it is kept, and refuses what cannot be kept: bytes that are no text, JSON that is none
// or is nested without end, and an object in which one name stands twice.
func Tidy(input json.RawMessage) (json.RawMessage, error) {
	tidy, err := value.JSON(input)
	if err == nil {
		return tidy, nil
	}
	var fault *value.Fault
	refusal := Refuse(InvalidInput, "提交的内容格式不对，请核对后重试。", "The input cannot be read: "+err.Error())
	switch {
	case errors.Is(err, value.ErrNoJSON):
		return nil, fmt.Errorf("%w: %w", refusal, err)
	case errors.Is(err, value.ErrNoText):
		refusal = Refuse(InvalidInput, "内容含有无法保存的字符。", "The text contains characters that cannot be kept.")
	case errors.Is(err, value.ErrTwice):
		refusal = Refuse(InvalidInput, "同一项写了两次，请只保留一项。", "The same name stands twice in an object; which one is meant?")
	}
	if errors.As(err, &fault) {
		refusal = refusal.At(fault.Path)
	}
	return nil, refusal
}

// NoJSON reports whether Tidy refused its input because it is no JSON at all.
func NoJSON(err error) bool { return errors.Is(err, value.ErrNoJSON) }

// read decodes a command's JSON input strictly: an unknown field is refused, because it is a misspelt known one, and so is anything behind it.
func read(input json.RawMessage, command any) error {
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(command)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the input")
		}
	}
	if err == nil {
		return nil
	}
	refusal := Refuse(InvalidInput, "提交的内容格式不对，请核对后重试。", "The input does not fit the command: "+err.Error())
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		refusal = refusal.At(wrong.Field)
	}
	return refusal
}

// understand decodes what can be read of an input that cannot be read as a whole, and makes the refusal one of every field at fault: of those that cannot be
// read, and of what Check says of the others. It reports whether the rest can be read.
func understand(input json.RawMessage, command any, refused *error) bool {
	u := understood{of: reflect.TypeOf(command).Elem()}
	rest, ok := u.prune(input, "", func(v json.RawMessage) json.RawMessage { return v })
	faults := u.faults
	if !ok || faults.Err() == nil || read(rest, command) != nil {
		return false
	}
	var refusal *Refusal
	if !errors.As(faults.Err(), &refusal) {
		return false
	}
	*refused = refusal.Alongside(Check(command))
	return true
}

// toldAtMost is of how many fields that cannot be read a person hears at once. Whoever sends more is no person, and is told of one.
const toldAtMost = 50

type understood struct {
	of     reflect.Type
	faults Faults
	told   int
}

// prune returns the part of an input that can be read, and whether there is one; inside says where in the input it stands. An object is gone into only where the
// command has one: then what is read there is as deep as its type, and the whole takes a few readings of the input, whatever was sent.
func (u *understood) prune(doc json.RawMessage, path string, inside func(json.RawMessage) json.RawMessage) (json.RawMessage, bool) {
	err := u.reads(inside(doc))
	if err == nil {
		return doc, true
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(doc, &object) == nil && object != nil && u.reads(inside(json.RawMessage(`{}`))) == nil {
		for _, name := range slices.Sorted(maps.Keys(object)) {
			kept, ok := u.prune(object[name], join(path, name), func(v json.RawMessage) json.RawMessage {
				return inside(written(map[string]json.RawMessage{name: v}))
			})
			if object[name] = kept; !ok {
				delete(object, name)
			}
			if u.told > toldAtMost {
				return nil, false
			}
		}
		return written(object), true
	}
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		return doc, true
	}
	if len(refusal.Fields) == 0 && path != "" {
		refusal = refusal.At(path)
	}
	u.faults.Note(refusal)
	u.told++
	return nil, false
}

// reads reports why a part of an input cannot be read, put where it stands.
func (u *understood) reads(input json.RawMessage) error {
	return read(input, reflect.New(u.of).Interface())
}

// written is JSON that was read before, put together again.
func written(object map[string]json.RawMessage) json.RawMessage {
	text, _ := json.Marshal(object) // every value was read from JSON
	return text
}

// Strictly decodes a record's JSON form as a command's input is decoded: an unknown field is refused.
func Strictly(doc json.RawMessage, record any) error { return read(doc, record) }
