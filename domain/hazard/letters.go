package hazard

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// Calls are the notice of every round, whose number was drawn with it, and the verdict on it (整改复查意见书).
func (h *Hazard) Calls() []letter.Call {
	if h.Result == Withdrawn {
		return nil
	}
	calls := make([]letter.Call, 0, 2*len(h.Rounds))
	for _, r := range h.Rounds {
		paper := r.Series
		if paper == "" { // issued before there were several
			paper = Advice
		}
		calls = append(calls, letter.Call{Deed: string(IssueNoticeName.Verb()), Paper: paper, Of: r.Round, Number: r.NoticeNumber, On: r.IssuedOn})
		if r.Verdict != "" {
			calls = append(calls, letter.Call{Deed: string(ReinspectName.Verb()), Of: r.Round, On: r.InspectedOn})
		}
		for _, s := range r.Supplements {
			calls = append(calls, letter.Call{Deed: string(SupplementName.Verb()), Of: r.Round, On: s.On, After: s.After})
		}
	}
	if h.Listing != nil {
		calls = append(calls, letter.Call{Deed: string(ListMajorName.Verb()), Of: h.Listing.Round, On: h.Listing.On})
	}
	return calls
}

// Numbered keeps the number of a notice that was issued anew on its round, as long as the round is under way; that of a supplementary notice with it, and that of the
// notice of a listing with the listing.
func (h *Hazard) Numbered(one letter.Letter) {
	switch {
	case one.Deed == string(ListMajorName.Verb()) && h.Listing != nil:
		h.Gravity = h.Gravity.clone()
		h.Listing.Notice = one.Number
	case one.Deed == string(SupplementName.Verb()):
		h.supplemented(one.Of, one.Seq, one.Number)
	}
	for i, r := range h.Rounds {
		if one.Deed == string(IssueNoticeName.Verb()) && r.Round == one.Of && r.Verdict == "" && r.NoticeNumber != one.Number {
			h.Loop = h.Loop.Clone()
			h.Rounds[i].NoticeNumber = one.Number
		}
	}
}

// Fields are what a hazard fills in.
func (*Hazard) Fields() letter.Fields {
	return letter.Fields{Texts: []string{"检查日期", "检查人员", "部位", "隐患描述", "等级", "依据", "整改要求", "整改期限", "原期限", "轮次", "原文书文号", "原文书日期", "整改措施", "完成日期",
		"复查日期", "复查人员", "复查结论", "复查意见", "合格项", "不合格项", "新期限", "重大项", "补充项", "补充原因", "挂牌单位", "挂牌决定文号", "出示证件"},
		Lists: map[string][]string{"问题": {"序号", "描述", "部位", "等级", "依据", "要求", "期限"}, "补充": {"序号", "要求"}}}
}

// Says is what a letter about the hazard may say.
func (h *Hazard) Says(round int) letter.Values {
	v := letter.Values{Texts: map[string]string{"检查人员": names(h.Inspectors), "部位": h.Location, "等级": h.levelWord(), "依据": h.Clause, "出示证件": "现已向你单位出示证件"}, Lists: map[string][]map[string]string{"补充": {}}}
	v.Day("检查日期", h.FoundOn)
	if round < 1 || round > len(h.Rounds) {
		round = len(h.Rounds)
	}
	described := h.found(round)
	v.Texts["隐患描述"] = strings.TrimRight(described, "。")
	row := map[string]string{"序号": "1", "描述": described, "部位": h.Location, "等级": h.levelWord(), "依据": h.Clause}
	rows := []map[string]string{row}
	if h.Level == Major {
		v.Texts["重大项"] = "1"
	}
	if round > 0 {
		r := h.Rounds[round-1]
		v.Texts["轮次"], v.Texts["整改要求"], v.Texts["整改措施"], v.Texts["复查意见"] = strconv.Itoa(round), r.Requirement, r.Measures, r.Opinion
		v.Texts["原文书文号"] = r.NoticeNumber
		v.Day("整改期限", r.DueOn)
		v.Day("原期限", r.DueOn)
		v.Day("原文书日期", r.IssuedOn)
		v.Day("完成日期", r.CompletedOn)
		row["要求"], row["期限"] = r.Requirement, r.DueOn.Chinese()
		if len(r.Points) > 0 {
			rows = nil
			for _, point := range r.Points {
				one := maps.Clone(row)
				one["序号"], one["要求"] = strconv.Itoa(point.Point), point.Text
				rows = append(rows, one)
			}
		}
		h.adds(v, r)
		h.verdict(v, r)
		switch { // a later notice is about what the re-inspection before it found, or the look-back: what passed is no find
		case r.LookedBack != "":
			v.Day("检查日期", r.IssuedOn)
		case round > 1:
			v.Day("检查日期", h.Rounds[round-2].InspectedOn)
		}
	}
	v.Lists["问题"] = rows
	if l := h.Listing; l != nil {
		v.Texts["挂牌单位"], v.Texts["挂牌决定文号"] = l.Body, l.Document
	}
	return v
}

// found is what the round is about: what the last look-back found, else what was found at first.
func (h *Hazard) found(round int) string {
	for i := round - 1; i >= 0; i-- {
		if says := h.Rounds[i].LookedBack; says != "" {
			return says
		}
	}
	return h.Description
}

// verdict is what a re-inspection said: point by point where the notice named points, else of the whole.
func (h *Hazard) verdict(v letter.Values, r rectification.Round) {
	if r.Verdict == "" {
		return
	}
	v.Day("复查日期", r.InspectedOn)
	v.Texts["复查人员"] = names(r.Inspectors)
	if r.Verdict == rectification.Fail && r.Round < len(h.Rounds) {
		v.Day("新期限", h.Rounds[r.Round].DueOn)
	}
	if len(r.Points) > 0 {
		v.Texts["合格项"], v.Texts["不合格项"] = judged(r.Points, rectification.Pass), judged(r.Points, rectification.Fail)
		v.Texts["复查结论"] = map[string]string{rectification.Pass: "合格", rectification.Fail: "不合格"}[r.Verdict]
		return
	}
	if r.Verdict == rectification.Pass {
		v.Texts["复查结论"], v.Texts["合格项"] = "合格", "第 1 项（"+h.Title+"）。"
		return
	}
	v.Texts["复查结论"], v.Texts["不合格项"] = "不合格", "第 1 项（"+h.Title+"）。"
}

// judged are the points with a verdict, by their numbers and words; "" for none.
func judged(all []rectification.Point, verdict string) string {
	said := []string{}
	for _, p := range all {
		if p.Verdict == verdict {
			said = append(said, fmt.Sprintf("第 %d 项（%s）", p.Point, p.Text))
		}
	}
	if len(said) == 0 {
		return ""
	}
	return strings.Join(said, "、") + "。"
}

func (h *Hazard) levelWord() string {
	if h.Level == Major {
		return "重大"
	}
	return "一般"
}

func names(all []rectification.Signatory) string {
	said := make([]string, 0, len(all))
	for _, s := range all {
		said = append(said, s.Name)
	}
	return strings.Join(said, "、")
}
