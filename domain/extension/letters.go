package extension

import (
	"cmp"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/letter"
)

// Calls is the request itself, which is kept on paper (延期申请表).
func (r *Request) Calls() []letter.Call {
	return []letter.Call{{Deed: string(AskName.Verb()), On: clock.DateOf(r.OpenedAt)}}
}

// Numbered does nothing: a request keeps no letter's number elsewhere.
func (*Request) Numbered(letter.Letter) {}

// Fields are what a request fills in.
func (*Request) Fields() letter.Fields {
	return letter.Fields{Texts: []string{"申请人", "原期限", "新期限", "申请理由", "保障措施", "完成情况", "防护措施", "申请日期", "批复意见", "批复日期", "批复结果"}}
}

// Says is what a letter about the request may say.
func (r *Request) Says(int) letter.Values {
	v := letter.Values{Texts: map[string]string{"申请人": cmp.Or(r.AskedFor, r.AskedByName), "完成情况": r.Progress, "防护措施": cmp.Or(r.Interim, r.Measures), "申请理由": r.Why, "保障措施": r.Measures, "批复意见": r.Opinion, "批复结果": map[string]string{Agreed: "同意", Refused: "不同意"}[r.State]}}
	v.Day("原期限", r.From)
	v.Day("新期限", r.Until)
	v.Day("申请日期", clock.DateOf(r.OpenedAt))
	v.Day("批复日期", r.DecidedOn)
	return v
}
