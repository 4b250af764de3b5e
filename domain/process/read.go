package process

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

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

// Strictly decodes a record's JSON form as a command's input is decoded: an unknown field is refused.
func Strictly(doc json.RawMessage, record any) error { return read(doc, record) }
