package activities

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/tracking"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store"
)

// compose writes a message in the person's language. It names cases by number and address only: what a hazard or a deal is about does not
// leave the zone.
func (a *Activities) compose(language string, rows []store.NoticeLine, count store.NoticeCount) (string, []notify.Line, string) {
	pick := func(zh, en string) string {
		if language == "en" {
			return en
		}
		return zh
	}
	lines := []notify.Line{}
	for _, r := range rows {
		lines = append(lines, a.line(r, pick)...)
	}
	if more := int(count.Total) - len(rows); more > 0 {
		lines = append(lines, notify.Line{Text: pick(fmt.Sprintf("另有 %d 项", more), fmt.Sprintf("and %d more", more)), URL: a.PublicURL + "/notices"})
	}
	title := pick(fmt.Sprintf("园程：%d 项提醒", count.Total), fmt.Sprintf("Parkway: %d reminders", count.Total))
	if count.Urgent > 0 {
		title += pick(fmt.Sprintf("，其中紧急 %d 项", count.Urgent), fmt.Sprintf(", %d urgent", count.Urgent))
	}
	if count.Total == 1 && len(lines) > 0 {
		title = pick("园程：", "Parkway: ") + lines[0].Text
	}
	return title, lines, pick("在园程「账号」页可以选择渠道和时间。", "Channels and times can be chosen on your account page.")
}

func (a *Activities) line(r store.NoticeLine, pick func(zh, en string) string) []notify.Line {
	if r.CaseID == "" {
		return a.about(r, pick)
	}
	words := notice(r.Kind, r.Act)
	text := pick(words.Chinese, words.English) + " " + r.Number
	if !r.DueOn.IsZero() {
		text += pick("，期限 ", ", due ") + pick(r.DueOn.Words(clock.DateOf(a.Now()).Year()))
	}
	if as := functions(r.Parts, pick); as != "" {
		text += pick("（"+as+"）", " ("+as+")")
	}
	return []notify.Line{{Text: text, URL: a.PublicURL + kinds.URL(process.Kind(r.CaseKind), r.CaseID) + proposal(r), Red: r.Level == "red"}}
}

// proposal is the form of what a rung of the ladder proposes, for whoever runs the case and for leaders: they read it, complete it and send it. Everybody else is led to the case.
func proposal(r store.NoticeLine) string {
	var parts []process.Part
	kind, known := kinds.Of(process.Kind(r.CaseKind))
	if r.Kind != process.NoticeEscalate || !known || json.Unmarshal(r.Parts, &parts) != nil {
		return ""
	}
	verb := tracking.Proposes(kind, ladder.Act(r.Act))
	sends := func(p process.Part) bool {
		return p.As == process.AsManager && verb != tracking.SuperviseVerb || p.As == process.Function(ladder.Leader) // an order is for whoever runs the case
	}
	if verb == "" || !slices.ContainsFunc(parts, sends) {
		return ""
	}
	return "/" + string(verb)
}

// functions says what the person is told as, and whom they stand in for, in what: 承办人、科长；代孟庆岚（负责人）.
func functions(list json.RawMessage, pick func(zh, en string) string) string {
	var parts []process.Part
	if json.Unmarshal(list, &parts) != nil {
		return ""
	}
	said, people := map[string][]string{}, []string{}
	for _, p := range parts {
		if _, there := said[p.Behalf]; !there {
			people = append(people, p.Behalf)
			said[p.Behalf] = nil
		}
		if p.As != "" {
			words := function(p.As)
			said[p.Behalf] = append(said[p.Behalf], pick(words.Chinese, words.English))
		}
	}
	lines := make([]string, 0, len(people))
	for _, name := range people {
		words := strings.Join(said[name], pick("、", ", "))
		switch {
		case name == "":
		case words == "":
			words = pick("代"+name, "standing in for "+name)
		default:
			words = pick("代"+name+"（"+words+"）", "standing in for "+name+": "+words)
		}
		lines = append(lines, words)
	}
	return strings.Join(lines, pick("；", "; "))
}

// function is what somebody is told as, in words.
func function(as process.Function) process.Text {
	words := map[process.Function]process.Text{
		process.AsAgent:  {Chinese: "代办员", English: "agent"},
		process.AsHolder: {Chinese: "承办人", English: "it is with you"}, process.AsManager: {Chinese: "负责人", English: "in charge"},
		process.AsContact: {Chinese: "企业联系人", English: "contact"}, process.Function(ladder.Liaison): {Chinese: "包保干部", English: "liaison officer"},
		process.Function(ladder.SectionHead): {Chinese: "科长", English: "head of section"}, process.Function(ladder.Leader): {Chinese: "领导", English: "leader"},
		process.Function(ladder.Department): {Chinese: "行业主管部门", English: "department of the trade"}, process.Function(process.Administrator): {Chinese: "管理员", English: "administrator"},
	}
	if text, ok := words[as]; ok {
		return text
	}
	return process.Text{Chinese: string(as), English: string(as)}
}

// about writes what is about no single case: a change of the calendar, the morning digest.
func (a *Activities) about(r store.NoticeLine, pick func(zh, en string) string) []notify.Line {
	var about struct {
		Reason, By                      string
		Count, Overdue, Week, Escalated int
		Late, Soon, Proposed            int
		Day                             clock.Date
		Holders                         []struct {
			Name  string `json:"holder_name"`
			Count int    `json:"count"`
		}
	}
	if json.Unmarshal(r.About, &about) != nil {
		return nil
	}
	if r.Kind == process.NoticeEnded {
		return []notify.Line{{Text: pick(fmt.Sprintf("有人的账号已停用，手上还有 %d 件事项，请尽快改派", about.Count),
			fmt.Sprintf("An account has ended with %d open cases; give them to somebody", about.Count)), URL: a.PublicURL + "/notices"}}
	}
	if r.Kind == process.NoticeVisitsDue {
		return []notify.Line{{Text: pick(fmt.Sprintf("年度检查计划：已过日期 %d 家次，一个月内 %d 家次", about.Late, about.Soon),
			fmt.Sprintf("Plan of inspections: %d past their day, %d within the month", about.Late, about.Soon)), URL: a.PublicURL + "/visit-plan"}}
	}
	if r.Kind != process.NoticeDigest {
		return []notify.Line{{Text: pick(fmt.Sprintf("%s：%s，影响你的 %d 件事项", about.By, about.Reason, about.Count),
			fmt.Sprintf("%s: %s; %d of your cases moved", about.By, about.Reason, about.Count)), URL: a.PublicURL + "/calendar"}}
	}
	lines := []notify.Line{{Text: pick(fmt.Sprintf("%s 晨报：逾期 %d 件，已升级督办 %d 件，一周内到期 %d 件", about.Day, about.Overdue, about.Escalated, about.Week),
		fmt.Sprintf("%s: %d overdue, %d escalated, %d due within a week", about.Day, about.Overdue, about.Escalated, about.Week)), URL: a.PublicURL + "/forecast"}}
	names := []string{}
	for _, h := range about.Holders {
		names = append(names, fmt.Sprintf("%s %d", h.Name, h.Count))
	}
	if len(names) > 0 {
		lines = append(lines, notify.Line{Text: pick("逾期在谁手里：", "Who holds them: ") + strings.Join(names, "、")})
	}
	if about.Proposed > 0 {
		lines = append(lines, notify.Line{Text: pick(fmt.Sprintf("检查提出的企业状态，待确认 %d 项", about.Proposed), fmt.Sprintf("Statuses of enterprises that visits propose: %d wait to be decided", about.Proposed)), URL: a.PublicURL + "/visit-plan"})
	}
	return lines
}

// notice is what happened, in words.
func notice(kind, act string) process.Text {
	switch kind {
	case process.NoticeHandedTo:
		return process.Text{Chinese: "转到你手里", English: "Handed to you"}
	case process.NoticeAssigned:
		return process.Text{Chinese: "请你负责", English: "You are made responsible"}
	case process.NoticeOverdue:
		return process.Text{Chinese: "已逾期", English: "Overdue"}
	case process.NoticeReminder:
		return process.Text{Chinese: "期限提醒", English: "Deadline near"}
	case process.NoticeStill:
		return process.Text{Chinese: "逾期仍未办结", English: "Still overdue"}
	case process.NoticeNudge:
		return process.Text{Chinese: "有人催办", English: "You are nudged"}
	case process.NoticePooled:
		return process.Text{Chinese: "线索已退回线索池", English: "A lead went back to the pool"}
	case process.NoticeContact:
		return process.Text{Chinese: "约定的跟进日期到了", English: "The day agreed for a contact has come"}
	case process.NoticeVisitsDue:
		return process.Text{Chinese: "年度检查计划", English: "Plan of inspections"}
	case process.NoticeEarly:
		return process.Text{Chinese: "未批先行", English: "Begun before its permits"}
	case process.NoticeUnsigned:
		return process.Text{Chinese: "企业拒绝在检查记录上签字", English: "An enterprise refused to sign the record of an inspection"}
	case process.NoticeProposed:
		return process.Text{Chinese: "检查没见到人，企业状态等你确认", English: "A visit found nobody: the enterprise's status waits for you"}
	case process.NoticeSettled:
		return process.Text{Chinese: "企业状态已有结论", English: "An enterprise's status was decided on"}
	case process.NoticeProgress:
		return process.Text{Chinese: "今天应报治理进展", English: "Progress is due today"}
	case process.NoticeMissed:
		return process.Text{Chinese: "治理进展没有按时报", English: "Progress was not told in time"}
	case process.NoticeTold:
		return process.Text{Chinese: "报来了治理进展", English: "Progress was told"}
	case process.NoticePlanFiled:
		return process.Text{Chinese: "报来了治理方案", English: "The treatment plan was filed"}
	case process.NoticeStopped:
		return process.Text{Chinese: "责令停产停业、停止使用", English: "Work was ordered to stop"}
	case process.NoticeLifted:
		return process.Text{Chinese: "停产停业已解除", English: "The order to stop was lifted"}
	case process.NoticeListed:
		return process.Text{Chinese: "已列入挂牌督办", English: "It was listed by the competent body"}
	case process.NoticeAccepted:
		return process.Text{Chinese: "有验收结论", English: "A step of the acceptance is on record"}
	case process.NoticeFailed:
		return process.Text{Chinese: "复查不合格，已转入下一轮整改", English: "The re-inspection has failed; another round has begun"}
	case process.NoticeCorrected:
		return process.Text{Chinese: "封存的记录已更正", English: "A sealed record was put right"}
	case process.NoticeReopened:
		return process.Text{Chinese: "回头看发现问题，重新整改", English: "Found again by a look-back: another round has begun"}
	case process.NoticeRegraded:
		return process.Text{Chinese: "降为一般隐患", English: "It is held for a general hazard"}
	case process.NoticeSupplemented:
		return process.Text{Chinese: "整改通知有补充", English: "The notice was added to"}
	case process.NoticeSent:
		return process.Text{Chinese: "有来文，请答复", English: "A letter that wants an answer"}
	case process.NoticeReplied:
		return process.Text{Chinese: "对方有答复", English: "The other side has answered"}
	case process.NoticeAbsent:
		return process.Text{Chinese: "被约谈人没有到场", English: "Whoever was called to an interview did not come"}
	case process.NoticeReportDue:
		return process.Text{Chinese: "已约谈，请按期书面报告整改情况", English: "The interview was held: report in writing by the day"}
	case process.NoticeAgency:
		return process.Text{Chinese: "代办协议已结束", English: "The agents' agreement has ended"}
	case process.NoticeAddressed:
		return process.Text{Chinese: "下达对象有变化", English: "To whom it is addressed has changed"}
	case process.NoticeReleased:
		return process.Text{Chinese: "这件事不再下达给你单位，今后不必办理", English: "It is put to your enterprise no more; there is nothing left to do"}
	case process.NoticeHandedIn:
		return process.Text{Chinese: "整改结果已报送", English: "The result was handed in"}
	case process.NoticeUnmet:
		return process.Text{Chinese: "应当自动登记的没有登记成，请人工处理", English: "What should have followed by itself could not; see to it"}
	case process.NoticeMerged:
		return process.Text{Chinese: "有项目并入", English: "Another project was merged into it"}
	case process.NoticeDeadline:
		return process.Text{Chinese: "期限有调整", English: "Deadline changed"}
	case process.NoticeComment, process.NoticeCopied:
		return process.Text{Chinese: "有新的意见", English: "New comment"}
	case process.NoticeEnded:
		return process.Text{Chinese: "责任人账号已停用，请改派", English: "Its person's account has ended; name another"}
	case process.NoticeAsked:
		return process.Text{Chinese: "企业申请延期，等批复", English: "An enterprise asks for more time"}
	case process.NoticeAgreed:
		return process.Text{Chinese: "已同意", English: "Agreed"}
	case process.NoticeRefused:
		return process.Text{Chinese: "没有同意", English: "Not agreed"}
	case process.NoticeLapsed:
		return process.Text{Chinese: "没有在时限内批复，申请失效", English: "Not decided in time; the request has lapsed"}
	case process.NoticeClosed:
		return process.Text{Chinese: "已办结", English: "Closed"}
	case process.NoticeEscalate:
		return map[string]process.Text{
			"supervision_order": {Chinese: "督办单", English: "Supervision order"}, "interview": {Chinese: "约谈", English: "Interview"},
			"refer": {Chinese: "通报主管部门", English: "Referred to the department"}, "list": {Chinese: "挂牌督办", English: "Listed"}}[act]
	}
	return process.Text{Chinese: "有新情况", English: "News"}
}
