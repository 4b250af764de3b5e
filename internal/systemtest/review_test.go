package systemtest

import (
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/enrolment"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// small is a case in a list, as far as these tests look at it.
type small struct {
	ID, Number, Title, Stage, State string
	Round                           int
	Overdue, Done                   bool
	DueOn                           clock.Date `json:"due_on"`
}

// about waits until so many cases of a kind are listed with the words in their titles: what follows from a deed comes after its answer.
func (w *world) about(t *testing.T, path, words string, n int) []small {
	t.Helper()
	var found struct{ Items []small }
	require.Eventually(t, func() bool {
		w.call(t, "shaojinghe", http.MethodGet, path+"?q="+words, nil).read(t, &found)
		return len(found.Items) == n
	}, 30*time.Second, 50*time.Millisecond, "%s %s", path, words)
	return found.Items
}

// TestReview takes a project through its pre-assessment with the clock running: departments asked at once, one late, one that returns the papers and gets a new
// batch; a meeting that passes it with a condition; the gate that needs the condition; a recognition; and the enrolment that follows from the start of construction.
func TestReview(t *testing.T) {
	t.Parallel()
	w := timed(t)
	var found struct{ Items []struct{ ID string } }
	w.call(t, "luzhiyuan", http.MethodGet, "/enterprises?q=丰禾汽车部件", nil).read(t, &found)
	opened := w.do(t, "luzhiyuan", "/projects", object{"title": "丰禾联审样本", "enterprise_id": found.Items[0].ID, "entry_stage": "negotiation", "all_the_same": "与二期不是同一个项目",
		"facts": object{"sector": "ev_parts", "site_mode": "own_land", "investment": "120000000.00"}}).Standing
	path := "/projects/" + opened.CaseID
	answer := func(requirement string) {
		t.Helper()
		w.do(t, "luzhiyuan", path+"/answer", object{"requirement": requirement, "answer": "yes"})
	}
	incomplete := func(from, lacks string) {
		t.Helper()
		a := w.call(t, "luzhiyuan", http.MethodPost, path+"/advance", object{"from": from})
		require.Equal(t, "gate_incomplete", a.code(t))
		require.Contains(t, string(a.Body), lacks)
	}
	answer("project_brief")
	incomplete("negotiation", "还没有征求部门意见")

	desks := assessed(t, w, path)
	w.turnTo(t, w.today().AddDays(8).Start().Add(10*time.Hour))
	late := listed(t, w, "/opinions?overdue=true&q=丰禾联审样本")
	require.Len(t, late, 1, "who has answered, and who has the papers to complete, is not late")
	require.Equal(t, "environment", late[0].Stage)
	var owed struct{ Departments []opinion.Owed }
	w.call(t, "shaojinghe", http.MethodGet, "/opinions-by-department", nil).read(t, &owed)
	require.True(t, slices.ContainsFunc(owed.Departments, func(o opinion.Owed) bool { return o.Department == "environment" && o.Overdue >= 1 }), "%+v", owed)
	incomplete("negotiation", "生态环境分局征求中")

	w.do(t, "luzhiyuan", "/opinions/"+desks["dev_reform"]+"/resubmit", object{"note": "已补用能测算"})
	var again opinion.Opinion
	w.call(t, "luzhiyuan", http.MethodGet, "/opinions/"+desks["dev_reform"], nil).read(t, &again)
	require.Len(t, again.Batches, 2)
	require.Equal(t, "缺用能测算", again.Batches[0].Lacks, "the batch that was returned stays")
	cal, err := w.store.Calendar(t.Context())
	require.NoError(t, err)
	require.Equal(t, 5, cal.WorkdaysBetween(w.today().AddDays(1), again.DueOn.AddDays(1)), "a new batch has its own five working days")
	w.do(t, "fagaiwei", "/opinions/"+desks["dev_reform"]+"/give", object{"verdict": "conditional", "says": "落实用能指标", "answers": object{"entry_limits": "yes", "energy": "860", "two_highs": "no"}})
	env := object{"verdict": "agreed", "answers": object{"pollution": "treatable", "zone_eia": "yes"}}
	require.Equal(t, "invalid_input", w.call(t, "shaojinghe", http.MethodPost, "/opinions/"+desks["environment"]+"/give", env).code(t), "whoever records it for the department attaches its letter")
	env["attachments"] = w.evidence(t, "shaojinghe")
	w.do(t, "shaojinghe", "/opinions/"+desks["environment"]+"/give", env)
	var given opinion.Opinion
	w.call(t, "luzhiyuan", http.MethodGet, "/opinions/"+desks["environment"], nil).read(t, &given)
	require.Equal(t, clock.Late, given.Clocks[0].Verdict)
	require.Equal(t, "joint_review", w.do(t, "luzhiyuan", path+"/advance", object{"from": "negotiation"}).Standing.Stage)

	incomplete("joint_review", "还没有上会")
	met := passed(t, w, opened.Number, path)
	require.Equal(t, "signed", w.do(t, "luzhiyuan", path+"/advance", object{"from": "joint_review"}).Standing.Stage)
	w.signed(t, path)
	w.do(t, "luzhiyuan", path+"/introduce", object{"unit": "园区招商科", "share": 100})
	incomplete("signed", "联审条件：投资协议写明亩均税收不低于 15 万元")
	ask := object{"requirement": "condition_1", "reason": "协议正在修改", "until": w.today().AddDays(10).String()}
	require.Equal(t, "invalid_input", w.call(t, "luzhiyuan", http.MethodPost, path+"/ask-waiver", ask).code(t), "the project has no leader, and none is named")
	ask["decider_id"] = userID(t, w, "shaojinghe")
	require.Equal(t, "same_person", w.call(t, "shaojinghe", http.MethodPost, path+"/ask-waiver", ask).code(t), "nobody decides what they asked for")
	w.do(t, "luzhiyuan", path+"/ask-waiver", ask)
	request := w.about(t, "/waivers", "联审条件", 1)[0]
	w.do(t, "shaojinghe", "/waivers/"+request.ID+"/refuse", object{"reason": "协议先改好"})
	w.do(t, "luzhiyuan", path+"/answer", object{"requirement": "condition_1", "answer": "yes", "attachments": w.evidence(t, "luzhiyuan")})
	require.Equal(t, "land_supply", w.do(t, "luzhiyuan", path+"/advance", object{"from": "signed"}).Standing.Stage)

	recognise := object{"what": "signed", "verdict": "counted", "by": "县发改委", "on": w.today().AddDays(-1).String()}
	require.Equal(t, "impossible_date", w.call(t, "luzhiyuan", http.MethodPost, path+"/recognise", recognise).code(t), "not before it happened")
	recognise["on"] = w.today().String()
	w.do(t, "luzhiyuan", path+"/recognise", recognise)

	enrolled := began(t, w, path)
	for _, id := range []string{opened.CaseID, met, enrolled, desks["dev_reform"], desks["environment"]} {
		verifiedWhole(t, w, id)
	}
}

func listed(t *testing.T, w *world, path string) []small {
	t.Helper()
	var found struct{ Items []small }
	w.call(t, "shaojinghe", http.MethodGet, path, nil).read(t, &found)
	return found.Items
}

// assessed asks the five departments that the gate names at once: three agree, one returns the papers, one says nothing. It returns their opinions' ids.
func assessed(t *testing.T, w *world, path string) map[string]string {
	t.Helper()
	asked := []string{"dev_reform", "natural_resources", "environment", "industry", "emergency"}
	require.Equal(t, http.StatusNotFound, w.call(t, "fagaiwei", http.MethodGet, path, nil).Status)
	w.do(t, "luzhiyuan", path+"/ask-opinions", object{"departments": asked})
	require.Equal(t, http.StatusOK, w.call(t, "fagaiwei", http.MethodGet, path, nil).Status, "who is asked about a project can read it")
	desks := map[string]string{}
	cal, err := w.store.Calendar(t.Context())
	require.NoError(t, err)
	for _, o := range w.about(t, "/opinions", "丰禾联审样本", len(asked)) {
		desks[o.Stage] = o.ID
		require.Equal(t, 5, cal.WorkdaysBetween(w.today().AddDays(1), o.DueOn.AddDays(1)), "each department has its own five working days")
	}
	require.Equal(t, "wrong_state", w.call(t, "luzhiyuan", http.MethodPost, path+"/ask-opinions", object{"departments": asked[:1]}).code(t), "it is being asked")
	require.Equal(t, http.StatusNotFound, w.call(t, "zhujianju", http.MethodGet, "/opinions/"+desks["dev_reform"], nil).Status, "another department's opinion is not theirs to see")
	w.do(t, "ziguiju", "/opinions/"+desks["natural_resources"]+"/give", object{"verdict": "agreed", "answers": object{"land_fits": "yes", "land_needed": "42"}})
	for desk, answers := range map[string]object{"industry": {"entry_limits": "yes", "output": "30000"}, "emergency": {"dangerous": "no"}} {
		w.do(t, "luzhiyuan", "/opinions/"+desks[desk]+"/give", object{"verdict": "agreed", "answers": answers, "attachments": w.evidence(t, "luzhiyuan")})
	}
	w.do(t, "fagaiwei", "/opinions/"+desks["dev_reform"]+"/return", object{"lacks": "缺用能测算"})
	return desks
}

// passed holds the meeting: it passes the project with a condition that stands at the gate of signing. It returns the meeting's id.
func passed(t *testing.T, w *world, number, path string) string {
	t.Helper()
	met := w.do(t, "luzhiyuan", "/meetings", object{"sort": "joint_review", "title": "联审样本会议", "on": w.today().String(), "projects": []string{number}}).Standing.CaseID
	minutes := func() object {
		return object{"minutes": "联审纪要样本〔2024〕1号", "attachments": w.evidence(t, "luzhiyuan")}
	}
	require.Equal(t, "wrong_state", w.call(t, "luzhiyuan", http.MethodPost, "/meetings/"+met+"/conclude", minutes()).code(t), "a project waits for its result")
	c, err := w.store.Case(t.Context(), process.Actor{Type: process.Person, ID: uuid.NewString(), Roles: []process.Role{process.ProjectManager}}, met)
	require.NoError(t, err)
	require.Len(t, opinion.StandingOf(slices.Concat(slices.Collect(maps.Values(c.Env.Found.ChildrenOf))...)).Last, 5, "the meeting has the departments' opinions before it")
	w.do(t, "luzhiyuan", "/meetings/"+met+"/resolve", object{"project": number, "result": "conditional", "condition": "投资协议写明亩均税收不低于 15 万元", "stage": "signed", "owed_by": "招商科"})
	w.do(t, "luzhiyuan", "/meetings/"+met+"/conclude", minutes())
	var p struct{ Reviews []project.Reviewed }
	require.Eventually(t, func() bool {
		w.call(t, "luzhiyuan", http.MethodGet, path, nil).read(t, &p)
		return len(p.Reviews) == 1
	}, 30*time.Second, 50*time.Millisecond)
	require.Equal(t, "联审纪要样本〔2024〕1号", p.Reviews[0].Minutes)
	require.Len(t, p.Reviews[0].Papers, 1)
	return met
}

// began takes the project to the start of construction; its enrolment follows, due a month later, and is done. It returns the enrolment's id.
func began(t *testing.T, w *world, path string) string {
	t.Helper()
	stage := func(from string, requirements ...string) process.Outcome {
		t.Helper()
		for _, r := range requirements {
			if item, ok := permitOf(r); ok {
				w.got(t, path, item)
				continue
			}
			w.do(t, "luzhiyuan", path+"/answer", object{"requirement": r, "answer": "yes"})
		}
		return w.do(t, "luzhiyuan", path+"/advance", object{"from": from})
	}
	stage("land_supply", "company_registered", "filing", "land_contract", "property_certificate")
	require.Equal(t, "construction", stage("permitting", "works_planning_permit", "eia", "safety_preevaluation", "construction_permit").Standing.Stage)
	e := w.about(t, "/enrolments", "丰禾联审样本", 1)[0]
	require.Equal(t, enrolment.Waiting, e.State)
	require.Equal(t, w.today().AddMonths(1), e.DueOn)
	w.do(t, "luzhiyuan", "/enrolments/"+e.ID+"/enrol", object{"code": "341324-2024-0001"})
	require.Equal(t, enrolment.Enrolled, w.about(t, "/enrolments", "丰禾联审样本", 1)[0].State)
	return e.ID
}
