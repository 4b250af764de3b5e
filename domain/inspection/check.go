package inspection

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/checklist"
	"github.com/parkway-zone/parkway/domain/process"
)

// Check goes through the checklist, all of it or a part: what was looked at before stays unless it is said anew. The first one says that the inspectors are there.
type Check struct {
	Results map[string]string `json:"results,omitempty" ask:"answers" doc:"The result of each item by its number: pass, fail or not_applicable."`
	Notes   map[string]string `json:"notes,omitempty" doc:"What was seen, by the number of the item; compulsory of one that fails."`
	Photos  map[string][]Shot `json:"photos,omitempty" doc:"Pictures, by the number of the item."`
	Rest    bool              `json:"rest,omitempty" ask:"yes" doc:"All items that have no result yet pass."`
}

// Shot is a picture that belongs to an item.
type Shot struct {
	UploadID string `json:"upload_id" doc:"The received file."`
}

// CheckName is the name of Check.
const CheckName process.Name = "inspection.check"

// About says who may, and who reads of it: the enterprise reads the record that is laid before it.
func (Check) About() process.About {
	return process.About{Name: CheckName, Any: process.Of(process.SafetySupervisor), DatedBack: true, Readers: process.Offices}
}

// Brings returns the pictures.
func (c Check) Brings() []process.Evidence {
	all := []process.Evidence{}
	for _, number := range keys(c.Photos) {
		for _, p := range c.Photos[number] {
			all = append(all, process.Evidence{UploadID: p.UploadID, Phase: process.Before})
		}
	}
	return all
}

// keys are the numbers of items in their order.
func keys[V any](of map[string]V) []string {
	all := make([]string, 0, len(of))
	for number := range of {
		all = append(all, number)
	}
	slices.Sort(all)
	return all
}

// Fits says that it is the next step as long as an item has no result.
func (Check) Fits(i Inspection, actor process.Actor, env Env) process.Fit {
	switch {
	case !i.under() || len(i.Items) == 0:
		return process.Not
	case len(i.Left()) > 0 && i.Own(actor) && !env.Today.Before(i.On):
		return process.Leads
	}
	return process.Beside
}

// Spread asks of every item its result, and folded beneath it what was seen and pictures.
func (Check) Spread(_ process.Question, i Inspection, _ Env) []process.Question {
	var all []process.Question
	for n, x := range i.Items {
		asked := process.Question{Path: "results." + x.Number, Part: x.Number, Kind: process.Pick, Words: "item_result", Abreast: true, Value: x.Result, Text: process.Text{Chinese: x.Text, English: x.Text},
			Choices: []process.Choice{{Value: Pass}, {Value: Fail}, {Value: NotApplicable}}, Hint: i.Hint(x)}
		if n == 0 || i.Items[n-1].Group != x.Group {
			asked.Under = GroupName(x.Group)
		}
		all = append(all, asked,
			process.Question{Path: "notes." + x.Number, Part: x.Number, Kind: process.Long, Value: x.Note, Limit: process.TextLimit, Text: process.Text{Chinese: "看到的情况", English: "What was seen"},
				When: process.When{Path: "results." + x.Number, Values: []string{Fail}}},
			process.Question{Path: "photos." + x.Number, Part: x.Number, Kind: process.Files, Many: true, Text: process.Text{Chinese: "照片", English: "Pictures"}})
	}
	return all
}

// GroupName names a group of items.
func GroupName(group string) process.Text {
	if group == checklist.Basic {
		return process.Text{Chinese: "基础管理", English: "Papers and organisation"}
	}
	return process.Text{Chinese: "现场", English: "On site"}
}

// ItemName says which item of a checklist has a number: 现场第 2 项.
func ItemName(number string) process.Text {
	group, nth := checklist.Split(number)
	name := GroupName(group)
	return process.Text{Chinese: name.Chinese + "第 " + nth + " 项", English: name.English + ", item " + nth}
}

// Hint says what an item rests on, and which words of it point to a major hazard: that decides nothing.
func (i Inspection) Hint(x Item) process.Text {
	zh, en := []string{}, []string{}
	if x.Clause != "" {
		zh, en = append(zh, x.Clause), append(en, x.Clause)
	}
	if words := checklist.Points(i.Serious, x.Text+x.Note); len(words) > 0 {
		zh = append(zh, "涉及"+strings.Join(words, "、")+"，可能是重大事故隐患，请对照判定标准")
		en = append(en, strings.Join(words, ", ")+": may be a major hazard; look at the standard")
	}
	return process.Text{Chinese: strings.Join(zh, " · "), English: strings.Join(en, " · ")}
}

// Decide refuses an item that is not on the list, a result that is none, and a failed item without words.
func (c Check) Decide(before Inspection, call process.Call, env Env) (process.Decision[Inspection], error) {
	none, i := process.Decision[Inspection]{}, before.clone()
	if err := i.in(Planned, Visiting); err != nil {
		return none, err
	}
	if len(i.Items) == 0 {
		return none, process.Refuse(process.WrongState, "这次检查没有选检查表。", "This inspection has no checklist.")
	}
	var faults process.Faults
	for _, at := range []struct {
		field   string
		numbers []string
	}{{"results", keys(c.Results)}, {"notes", keys(c.Notes)}, {"photos", keys(c.Photos)}} {
		for _, number := range at.numbers {
			if !slices.ContainsFunc(i.Items, func(x Item) bool { return x.Number == number }) {
				faults.Note(process.RefuseField(at.field, "检查表里没有第 "+number+" 项，请刷新后再填。", "The checklist has no item "+number+"."))
			}
		}
	}
	for n := range i.Items {
		faults.Note(c.item(&i.Items[n]))
	}
	attached := before.Attachments
	for _, number := range keys(c.Photos) {
		evidence := []process.Evidence{}
		for _, p := range c.Photos[number] {
			evidence = append(evidence, process.Evidence{UploadID: p.UploadID, Phase: process.Before})
		}
		var err error
		if attached, err = process.PutOnRecord(attached, evidence, env.Uploads, call, process.Place{Requirement: number}); err != nil {
			faults.Note(process.Pointing(err, "photos."+number))
			attached = before.Attachments
		}
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	if slices.Equal(i.Items, before.Items) && len(attached) == len(before.Attachments) {
		return none, process.Unmoved()
	}
	i.Attachments, i.State = attached, Visiting
	i.come(call, env)
	return process.Decision[Inspection]{After: i}, nil
}

// item writes the result of one item down.
func (c Check) item(x *Item) error {
	result, said := c.Results[x.Number]
	note, noted := c.Notes[x.Number]
	if noted {
		text, err := process.Optional("notes."+x.Number, note, process.TextLimit)
		if err != nil {
			return err
		}
		x.Note = text
	}
	switch {
	case said && !slices.Contains([]string{Pass, Fail, NotApplicable}, result):
		return process.RefuseField("results."+x.Number, "请选择合格、不合格或不适用。", "Choose pass, fail or not applicable.")
	case said:
		x.Result = result
	case c.Rest && x.Result == "":
		x.Result = Pass
	}
	if x.Result == Fail && x.Note == "" {
		return process.RefuseField("notes."+x.Number, "不合格的要写明看到的情况。", "Say what was seen where an item fails.")
	}
	return nil
}
