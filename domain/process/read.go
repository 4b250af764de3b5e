package process

import (
	"bytes"
	"encoding/json"
	"errors"
)

// Read decodes a command's JSON input strictly: an unknown field is refused, because it is a misspelt known one.
func Read[C any](input json.RawMessage) (C, error) {
	var command C
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&command); err != nil {
		refusal := Refuse(InvalidInput, "提交的内容格式不对，请核对后重试。", "The input does not fit the command: "+err.Error())
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			refusal = refusal.At(wrong.Field)
		}
		return command, refusal
	}
	return command, nil
}
