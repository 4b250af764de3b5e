package inspection

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/checklist"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
)

// Calls is the record of an inspection at which people were met (现场检查记录, 安全生产法 art. 68). A visit that found nobody has nothing to lay before anybody.
func (i *Inspection) Calls() []letter.Call {
	if i.State != Inspected {
		return nil
	}
	return []letter.Call{{Deed: string(ConcludeName.Verb()), On: i.HeldOn, Ends: true}}
}

// Numbered does nothing: an inspection keeps no letter's number elsewhere.
func (*Inspection) Numbered(letter.Letter) {}

// Fields are what an inspection fills in.
func (*Inspection) Fields() letter.Fields {
	return letter.Fields{Texts: []string{"检查日期", "检查时间", "检查人员", "证件号", "部位", "检查场所", "法定代表人", "职务", "联系电话", "在场人员", "检查表", "检查情况", "处理意见", "签字情况",
		"合格项数", "不合格项数", "隐患数", "出示证件"},
		Lists: map[string][]string{"问题": {"序号", "描述", "等级", "依据"}, "合格": {"序号", "描述", "依据"}, "隐患": {"编号", "描述", "期限"}}}
}

// Says is what a letter about the inspection may say.
func (i *Inspection) Says(int) letter.Values {
	v := letter.Values{Texts: map[string]string{"部位": i.Place, "检查场所": i.Place, "法定代表人": i.Head, "职务": i.HeadPost, "联系电话": i.HeadPhone, "在场人员": i.Head, "处理意见": i.Handling,
		"检查情况": i.saw(), "签字情况": i.signed(), "合格项数": count(i.with(Pass)), "不合格项数": count(i.Failed())},
		Lists: map[string][]map[string]string{"问题": {}, "合格": {}, "隐患": {}}}
	if i.Place == "" {
		v.Texts["检查场所"] = "生产经营场所"
	}
	if i.HeadPost != "" {
		v.Texts["在场人员"] = i.Head + "（" + i.HeadPost + "）"
	}
	if i.ListName != "" {
		v.Texts["检查表"] = fmt.Sprintf("%s（第 %d 版）", i.ListName, i.ListVersion)
	}
	if i.CardsShown {
		v.Texts["出示证件"] = "现已向你单位出示证件"
	}
	people, cards := []string{}, []string{}
	for _, s := range i.Inspectors {
		if people = append(people, s.Name); s.Card != "" {
			cards = append(cards, s.Card)
		}
	}
	v.Texts["检查人员"], v.Texts["证件号"] = strings.Join(people, "、"), strings.Join(cards, "、")
	v.Day("检查日期", i.HeldOn)
	if i.From != "" {
		v.Texts["检查时间"] = i.HeldOn.Chinese() + spoken(i.From) + "至" + spoken(i.Until)
	}
	for n, x := range i.Failed() {
		v.Lists["问题"] = append(v.Lists["问题"], map[string]string{"序号": strconv.Itoa(n + 1), "描述": x.Text + "：" + x.Note, "等级": suggested(x), "依据": x.Clause})
	}
	for n, x := range i.with(Pass) {
		v.Lists["合格"] = append(v.Lists["合格"], map[string]string{"序号": strconv.Itoa(n + 1), "描述": x.Text, "依据": x.Clause})
	}
	return v
}

// What an inspection found are cases of this kind; with this result it was none.
const (
	hazards   process.Kind = "hazard"
	withdrawn string       = "withdrawn"
)

// Recounts adds the hazards that were found, by their numbers; one that was withdrawn was none.
func (i *Inspection) Recounts(v letter.Values, children []process.Child) letter.Values {
	rows := []map[string]string{}
	for _, c := range children {
		if c.Kind == hazards && c.Result != withdrawn {
			rows = append(rows, map[string]string{"编号": c.Number, "描述": c.Title, "期限": c.DueOn.Chinese()})
		}
	}
	v.Lists["隐患"] = rows
	if len(rows) > 0 {
		v.Texts["隐患数"] = strconv.Itoa(len(rows))
	}
	return v
}

// saw is what was looked at: by the checklist how many items came to what, and what was written down beside it.
func (i *Inspection) saw() string {
	if len(i.Items) == 0 {
		return i.Content
	}
	said := fmt.Sprintf("按《%s》（第 %d 版）检查 %d 项：合格 %d 项，不合格 %d 项，不适用 %d 项。", i.ListName, i.ListVersion, len(i.Items), len(i.with(Pass)), len(i.Failed()), len(i.with(NotApplicable)))
	return strings.TrimSpace(said + i.Content)
}

// signed says that the head on site signed, or with which words that was refused: a refusal is written down (安全生产法 art. 68).
func (i *Inspection) signed() string {
	switch i.Signature {
	case Signed:
		return i.Head + "已在现场签字。"
	case Refused:
		return i.Head + "拒绝签字：" + i.Refusal
	}
	return ""
}

// suggested is what the checklist suggests for an item that failed.
func suggested(x Item) string {
	if x.Suggests == checklist.AtOnce {
		return "当场整改"
	}
	return "限期整改"
}

// spoken is an hour as papers write it: 9时30分.
func spoken(hour string) string {
	h, m, _ := strings.Cut(hour, ":")
	return strings.TrimPrefix(h, "0") + "时" + m + "分"
}

// count is a number as papers say it, "" for none: what hangs on it is then left out.
func count(all []Item) string {
	if len(all) == 0 {
		return ""
	}
	return strconv.Itoa(len(all))
}

var _ process.Recounting = (*Inspection)(nil)
