package seed

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/enrolment"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// reviewLine is what the demo's meeting decided on a project.
type reviewLine struct {
	Result    string `yaml:"result"`
	Condition string `yaml:"condition"` // before it is signed
	OwedBy    string `yaml:"owed_by"`
}

// waiverLine is a request for a waiver that waits for the leader.
type waiverLine struct {
	Requirement string `yaml:"requirement"`
	Until       string `yaml:"until"`
	On          string `yaml:"on"`
	Reason      string `yaml:"reason"`
	After       int64  `yaml:"after"` // how many deeds the project has had by then: the request's id comes from it
}

// waiverID is the id of the request that a project's story asks for.
func waiverID(key string, w waiverLine) string {
	return store.FollowedID(caseID(project.OpenName, key), w.After+1, 0)
}

// recognisedLine is what departments said of an achievement.
type recognisedLine struct {
	What    string `yaml:"what"`
	Verdict string `yaml:"verdict"`
	Day     string `yaml:"day"` // the recognised one
	On      string `yaml:"on"`  // when it was said
	Note    string `yaml:"note"`
}

// The demo's meeting, and when its departments were asked and answered.
const (
	meetingKey   = "meeting/01"
	askedBefore  = "2024-10-16"
	givenBefore  = "2024-10-23"
	convenedOn   = "2024-10-28"
	metOn        = "2024-11-08"
	minutesOn    = "2024-11-08"
	reviewedTill = "2024-11-12"
)

// desks are the departments of the pre-assessment, each with what the demo lets it answer.
func desks() map[string]map[string]string {
	return map[string]map[string]string{
		"dev_reform":        {"entry_limits": "yes", "energy": "860", "two_highs": "no"},
		"natural_resources": {"land_fits": "yes", "land_needed": "42"},
		"environment":       {"pollution": "treatable", "zone_eia": "yes"},
		"emergency":         {"dangerous": "no"},
		"housing":           {"special_works": "no"},
		"industry":          {"entry_limits": "yes", "output": "26000"},
		"finance":           {"support": "按园区现行政策执行，不另作承诺。"},
		"tax":               {"tax_per_mu": "18"},
	}
}

func opinionKey(key, desk string) string { return key + "/opinion/" + desk }

// opinionID is the id of a department's opinion in a project's story.
func opinionID(key, desk string) string { return caseID(opinion.AskName, opinionKey(key, desk)) }

func enrolmentKey(key string) string { return key + "/enrolment" }

// reviewIDs are the cases that a project's story has beside its permits: all of them are invented.
func reviewIDs(key string) []string {
	ids := []string{caseID(enrolment.OpenName, enrolmentKey(key)), caseID(meeting.ConveneName, meetingKey), store.FollowedID(caseID(project.OpenName, key), 2, 0)}
	for desk := range desks() {
		ids = append(ids, opinionID(key, desk))
	}
	return ids
}

// reviews lets departments be asked, a meeting decide on projects that are about to be signed, achievements be recognised and works be enrolled. All of it is invented.
func (l *loader) reviews() ([]deed, error) {
	all, on := []deed{}, []int{}
	for i, p := range l.data.Projects {
		c, key := caseID(project.OpenName, projectKey(i)), projectKey(i)
		if p.Review.Result != "" {
			on = append(on, i)
			for _, desk := range slices.Sorted(maps.Keys(desks())) {
				all = append(all, asked(c, key, desk, askedBefore), given(key, desk, givenBefore, opinion.Agreed, ""))
			}
		}
		if p.Assessed {
			all = append(all, assessed(c, key)...)
		}
		for _, r := range p.Recognised {
			d, err := recognised(c, key, r)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.Title, err)
			}
			all = append(all, d)
		}
		if w := p.Waiver; w.Requirement != "" {
			until, err := clock.ParseDate(w.Until)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.Title, err)
			}
			all = append(all, deed{caseID: c, name: project.AskWaiverName, input: project.AskWaiver{Requirement: w.Requirement, Reason: w.Reason, Until: until}, key: key + "/waiver", on: w.On, actor: inventor()})
		}
		if p.Enrolment != "" {
			all = append(all, enrolled(c, key, p)...)
		}
	}
	met, err := l.met(on)
	return append(all, met...), err
}

func asked(c, key, desk, on string) deed {
	return deed{caseID: opinionID(key, desk), name: opinion.AskName, input: opinion.Ask{Project: c, Desk: desk, Note: "请对照项目简介出具意见（虚构示例）。"}, key: opinionKey(key, desk), on: on, actor: inventor()}
}

// invented is a number that something invented has, the same whenever it is loaded.
func invented(what, key string) int64 {
	number, _ := strconv.ParseInt(id(what, key)[:4], 16, 32) // hexadecimal, as an id is
	return number
}

// given is an opinion with its department's letter, whose number is invented.
func given(key, desk, on, verdict, says string) deed {
	number := invented("letter", opinionKey(key, desk))
	return deed{caseID: opinionID(key, desk), name: opinion.GiveName, input: opinion.Give{Verdict: verdict, Says: says, Answers: desks()[desk], Paper: fmt.Sprintf("示例函〔2024〕%d号", number)}, key: opinionKey(key, desk) + "/given", on: on, actor: inventor()}
}

// lastAsked is the department that the demo's pre-assessment under way asked last, by the project's own command: it can read the project.
const lastAsked = "housing"

// assessed is a pre-assessment under way: one department has had the papers completed, one has time left, one is late.
func assessed(c, key string) []deed {
	all := []deed{}
	for _, desk := range []string{"dev_reform", "emergency", "environment", "finance", "industry", "natural_resources", "tax"} {
		all = append(all, asked(c, key, desk, "2024-11-08"))
	}
	step := func(verb, on string, name process.Name, input any) deed {
		return deed{caseID: opinionID(key, "dev_reform"), name: name, input: input, key: opinionKey(key, "dev_reform") + "/" + verb, on: on, actor: inventor()}
	}
	return append(all,
		given(key, "industry", "2024-11-11", opinion.Agreed, ""), given(key, "finance", "2024-11-12", opinion.Agreed, ""), given(key, "tax", "2024-11-12", opinion.Agreed, ""),
		given(key, "natural_resources", "2024-11-13", opinion.Agreed, ""), given(key, "environment", "2024-11-13", opinion.Conditional, "浆纱废水须单独收集并达标接管。"),
		step("returned", "2024-11-12", opinion.ReturnName, opinion.Return{Lacks: "缺工艺流程和用能测算。"}),
		step("again", "2024-11-14", opinion.ResubmitName, opinion.Resubmit{Note: "已补工艺流程和用能测算。"}),
		deed{caseID: c, name: project.AskOpinionsName, input: project.AskOpinions{Departments: []string{lastAsked}, Note: "请对照项目简介出具意见（虚构示例）。"}, key: key + "/asked", on: "2024-11-14", actor: inventor()})
}

// met is the meeting: convened, held, with a result on each project and its minutes; what was passed goes on to be signed.
func (l *loader) met(on []int) ([]deed, error) {
	held, err := clock.ParseDate(metOn)
	if err != nil {
		return nil, err
	}
	c := caseID(meeting.ConveneName, meetingKey)
	do := func(name process.Name, key, on string, input any) deed {
		return deed{caseID: c, name: name, input: input, key: meetingKey + key, on: on, actor: inventor()}
	}
	agenda, results, onward := []string{}, []deed{}, []deed{}
	for _, i := range on {
		p, review := caseID(project.OpenName, projectKey(i)), l.data.Projects[i].Review
		agenda = append(agenda, p)
		given := meeting.ConditionGiven{}
		if review.Condition != "" {
			given = meeting.ConditionGiven{Condition: review.Condition, Stage: "signed", OwedBy: review.OwedBy}
		}
		results = append(results, do(meeting.ResolveName, fmt.Sprintf("/result/%02d", i+1), metOn, meeting.Resolve{Project: p, Result: review.Result, ConditionGiven: given}))
		onward = append(onward, deed{caseID: p, name: project.AdvanceName, input: project.Advance{From: "joint_review"}, key: projectKey(i) + "/advance/joint_review", on: reviewedTill})
	}
	all := []deed{do(meeting.ConveneName, "", convenedOn, meeting.Convene{Sort: "joint_review", Title: "2024 年第 9 次重大项目联审会议（虚构示例）", On: held, Place: "县政府三楼会议室", Projects: agenda, Manager: id("user", "guqinghe")})}
	all = append(all, results...)
	all = append(all, do(meeting.ConcludeName, "/minutes", minutesOn, meeting.Conclude{Minutes: "示例联审纪要〔2024〕9号"}))
	return append(all, onward...), nil
}

func recognised(c, key string, r recognisedLine) (deed, error) {
	input := project.Recognise{What: r.What, Verdict: r.Verdict, By: "县发改委、县统计局", Note: r.Note}
	if r.Day != "" {
		day, err := clock.ParseDate(r.Day)
		if err != nil {
			return deed{}, err
		}
		input.On = day
	}
	return deed{caseID: c, name: project.RecogniseName, input: input, key: key + "/recognised/" + r.What + "/" + r.Verdict, on: r.On, actor: inventor()}, nil
}

// enrolled puts a project's enrolment on file when its works began; Enrolment is the day it was enrolled, or "waiting".
func enrolled(c, key string, p projectLine) []deed {
	e := caseID(enrolment.OpenName, enrolmentKey(key))
	steps := []deed{{caseID: e, name: enrolment.OpenName, input: enrolment.Open{Project: c}, key: enrolmentKey(key), on: p.Started, actor: inventor()}}
	if p.Enrolment == enrolment.Waiting {
		return steps
	}
	code := fmt.Sprintf("示例-2024-%d", invented("code", key))
	return append(steps, deed{caseID: e, name: enrolment.EnrolName, input: enrolment.Enrol{Code: code}, key: enrolmentKey(key) + "/enrolled", on: p.Enrolment, actor: inventor()})
}
