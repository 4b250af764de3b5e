package seed

import (
	"fmt"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/domain/tracking"
	"github.com/parkway-zone/parkway/store"
)

// received is the key of the copy-notice that a department sent to the zone.
const received = "track/received"

// tracks are what went back and forth about the examples, and what a second person is asked to agree to. All of it is invented; each is the deed of somebody of the
// demo, for its answers are owed to whoever sent it.
func (l *loader) tracks() ([]deed, error) {
	late, err := l.sampleOf("配电柜接地线脱落")
	if err != nil {
		return nil, err
	}
	hose, err := l.sampleOf("消防水带接口锈蚀")
	if err != nil {
		return nil, err
	}
	closed := "hazard/04"
	on := func(month time.Month, day int) clock.Date { return clock.NewDate(2024, month, day) }
	about := func(key string) string { return caseID(hazard.RecordName, key) }
	by := func(username string, d deed) deed { d.person = username; return d }
	return []deed{
		by("shaojinghe", deed{caseID: about(late), name: hazard.Kind.Does(tracking.SuperviseVerb), key: late + "/ordered", opens: true, on: "2024-11-12", input: tracking.Supervise{
			To: id("user", "dingwensheng"), Wants: "督促企业三日内恢复接地并经检测合格，反馈落实情况。", Why: "整改期限 11 月 6 日已过，逾期三个工作日仍未整改。", On: on(time.November, 19)}}),
		by("dingwensheng", deed{of: late + "/ordered", name: track.AnsweringName, key: late + "/ordered/taken", on: "2024-11-13", input: track.Answering{
			Result: track.Taken, Says: "已到现场督促，企业称接地材料本周到货。"}}),
		by("chenyanqing", deed{caseID: about(hose), name: hazard.Kind.Does(tracking.SendCopyVerb), key: hose + "/copied", opens: true, on: "2024-11-15", input: tracking.SendCopy{
			UnitID: id("unit", "县住建局"), Tells: "成品库消防水带接口锈蚀，消防验收备案资料请一并核对。", FeedbackOn: on(time.December, 13)}}),
		by("zhujianju", deed{caseID: caseID(track.ReceiveName, received), name: track.ReceiveName, key: received, on: "2024-11-13", input: track.Receive{
			Paper: "示例住建抄〔2024〕3号", Subject: "博闻纺织二层疏散指示标志损坏", Tells: "消防验收抽查时发现博闻纺织成品库二层疏散指示标志损坏，请园区督促整改并反馈。",
			Enterprise: id("enterprise", "博闻纺织"), Handler: id("user", "chenyanqing"), FeedbackOn: on(time.December, 13)}}),
		by("chenyanqing", deed{caseID: caseID(track.ReceiveName, received), name: track.AnsweringName, key: received + "/taken", on: "2024-11-14", input: track.Answering{
			Result: track.Taken, Says: "已受理，与消防水带隐患一并督促整改。"}}),
		by("mengqinglan", deed{caseID: about(closed), name: hazard.AskCorrectionName, key: closed + "/correction", opens: true, on: "2024-11-15", input: hazard.AskCorrection{
			What: "location", To: "配电室东侧应急通道（虚构示例）", Reason: "登记时只写了配电室，现场照片为东侧应急通道（虚构示例）。", Decider: id("user", "shaojinghe")}}),
	}, nil
}

// sampleOf is the key of the example that what was sent speaks of.
func (l *loader) sampleOf(description string) (string, error) {
	i := slices.IndexFunc(l.data.Samples, func(s sampleLine) bool { return s.Description == description })
	if i < 0 {
		return "", fmt.Errorf("the demo has no example %q", description)
	}
	return sampleKey(i), nil
}

// person is somebody of the demo as who does a deed.
func (l *loader) person(username string) (process.Actor, error) {
	for _, p := range l.data.People {
		if p.Username != username {
			continue
		}
		a := process.Actor{Type: process.Person, ID: id("user", username), Name: p.Name, Roles: []process.Role{process.Role(p.Role)}}
		if p.Unit != "" {
			a.UnitID = id("unit", p.Unit)
		}
		if p.Enterprise != "" {
			a.EnterpriseID = id("enterprise", p.Enterprise)
		}
		return a, nil
	}
	return process.Actor{}, fmt.Errorf("the demo has nobody called %q", username)
}

// sent is the id of the case that the deed under the key opened beside its own.
func (l *loader) sent(key string) (string, error) {
	by, known := l.opened[key]
	if !known {
		return "", fmt.Errorf("nothing was sent by %s", key)
	}
	return store.FollowedID(by.caseID, by.version, 0), nil
}

// opening is the deed by which something was opened: whose deed, and how old the case was by it.
type opening struct {
	caseID  string
	version int64
}
