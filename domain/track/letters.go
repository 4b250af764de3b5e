package track

import (
	"cmp"

	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
)

// Calls are the letter that it was sent with, and of an interview the record of it. What came in has the sender's own letter.
func (t *Track) Calls() []letter.Call {
	if t.Stage == CopyIn || t.State == Withdrawn {
		return nil
	}
	calls := []letter.Call{{Deed: string(OpenName.Verb()), Paper: t.Stage, On: t.SentOn}}
	for _, a := range t.Answers {
		if a.Result == Held {
			calls = append(calls, letter.Call{Deed: string(MeetName.Verb()), On: a.On})
		}
	}
	return calls
}

// Numbered keeps the number of the letter that it was sent with.
func (t *Track) Numbered(one letter.Letter) {
	if one.Deed == string(OpenName.Verb()) {
		t.Paper = one.Number
	}
}

// Fields are what a track fills in. By the names of 整改要求 and 整改期限 an office's own templates of before the tracks say what is wanted, and until when: without them
// such a sentence says nothing.
func (*Track) Fields() letter.Fields {
	return letter.Fields{Texts: []string{"事由", "办理要求", "对方单位", "抄送名单", "涉及企业", "事项编号", "检查日期", "隐患描述", "部位", "等级", "依据", "回复截止日", "反馈截止日", "报告期限", "约谈期限",
		"拟约谈人", "约谈方", "安排时间", "安排地点", "应带材料", "约谈日期", "到场人员", "谈话内容", "谈话要求", "谈话承诺", "反馈方式", "整改要求", "整改期限"},
		Lists: map[string][]string{"问题": {"序号", "描述", "部位", "等级", "依据"}}, Must: []string{"整改要求", "整改期限"}}
}

// Says is what a letter about it may say.
func (t *Track) Says(int) letter.Values {
	v := letter.Values{Texts: map[string]string{"事由": t.Tells, "办理要求": t.Wants, "对方单位": t.Other.Name, "抄送名单": t.CopiedTo, "涉及企业": cmp.Or(t.Firms, t.Firm.Name), "事项编号": t.Of.Number, "隐患描述": t.Of.Problem, "反馈方式": "办结当日书面反馈", "部位": t.Of.Place,
		"等级": t.Of.Level, "依据": t.Of.Basis, "拟约谈人": t.Called.Who, "约谈方": t.Called.By, "安排地点": t.Called.Where, "应带材料": t.Called.Bring}}
	if v.Texts["整改要求"] = t.Wants; t.Firm.Name != "" {
		v.Texts["单位全称"] = cmp.Or(t.Firms, t.Firm.Name)
	}
	if !t.Called.On.IsZero() {
		v.Texts["安排时间"] = t.Called.On.Chinese() + t.Called.At
	}
	v.Day("检查日期", t.Of.FoundOn)
	v.Day("反馈截止日", t.FeedbackOn)
	v.Day("整改期限", t.FeedbackOn)
	for _, k := range t.Clocks {
		v.Day(map[string]string{Reply: "回复截止日", Attend: "约谈期限", Feedback: "报告期限"}[k.Name], k.DueOn)
	}
	for _, a := range t.Answers {
		if a.Result == Held {
			v.Texts["到场人员"], v.Texts["谈话内容"], v.Texts["谈话要求"], v.Texts["谈话承诺"] = a.Person, a.Says, a.Wants, a.Vowed
			v.Day("约谈日期", a.On)
		}
	}
	v.Lists = map[string][]map[string]string{"问题": {{"序号": "1", "描述": t.Of.Problem, "部位": t.Of.Place, "等级": t.Of.Level, "依据": t.Of.Basis}}}
	return v
}

var _ process.Lettered = (*Track)(nil)
