package server_test

import (
	"net/url"
	"regexp"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestAMeetingIsCalledForTheProjectsOfItsAddress: by their numbers or ids, several too, each ticked once and no other; one that waits for no meeting is no choice. The form has a
// name for the meeting, and a working day on which it can be held.
func TestAMeetingIsCalledForTheProjectsOfItsAddress(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	first, second, third, early := b.openAt(t, "joint_review"), b.openAt(t, "joint_review"), b.openAt(t, "joint_review"), b.openAt(t, "lead")
	number := func(id string) string {
		v, err := b.Store.Case(t.Context(), b.As(process.Leader), id)
		require.NoError(t, err)
		return v.Subject.Header().Number
	}
	ticked := func(asked ...string) []string {
		page := b.page(t, process.ProjectManager, "/meetings/convene?"+url.Values{"projects": asked}.Encode())
		require.Contains(t, page, `value="`+number(third)+`"`, "it waits too")
		require.NotContains(t, page, `value="`+number(early)+`"`)
		all := []string{}
		for _, found := range regexp.MustCompile(`<input[^>]*name="projects"[^>]*>`).FindAllString(page, -1) {
			if regexp.MustCompile(` checked[ >]`).MatchString(found) {
				all = append(all, regexp.MustCompile(`value="([^"]*)"`).FindStringSubmatch(found)[1])
			}
		}
		return all
	}
	require.Empty(t, ticked())
	require.Equal(t, []string{number(first)}, ticked(number(first)))
	require.Equal(t, []string{number(second)}, ticked(second))
	require.ElementsMatch(t, []string{number(first), number(second)}, ticked(number(first), second))

	page := b.page(t, process.ProjectManager, "/meetings/convene?projects="+number(first))
	require.Regexp(t, `name="title"[^>]* value="[^"]+"`, page)
	on := regexp.MustCompile(`name="on"[^>]* value="([0-9-]+)"`).FindStringSubmatch(page)
	require.NotNil(t, on, "a day is proposed")
	day, err := clock.ParseDate(on[1])
	require.NoError(t, err)
	cal, err := b.Store.Calendar(t.Context())
	require.NoError(t, err)
	require.True(t, cal.Works(day))
	require.True(t, day.After(clock.DateOf(time.Now())))
}

// TestAnOpinionOnPaperSaysHowToGoOn: the row of a department of which nobody has an account says how its opinion is fetched; the row of one that has does not.
func TestAnOpinionOnPaperSaysHowToGoOn(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	id := b.openAt(t, "negotiation")
	b.apply(t, process.ProjectManager, uuid.NewString(), opinion.AskName, opinion.Ask{Project: id, Desk: "environment"})
	const how = "里没有单位叫这个名称"
	require.Contains(t, b.page(t, process.ProjectManager, "/projects/"+id), how)
}

// TestADepartmentGoesByMoreNames: what no unit is called is told where units are kept; once one of them goes by that name, what is asked of it reaches it.
func TestADepartmentGoesByMoreNames(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	boss := b.operator(t, b.As(process.Administrator))
	units := func() string { return b.page(t, process.Administrator, "/registers/units") }
	require.Contains(t, units(), "还没有对应的单位")
	require.Contains(t, units(), "税务局")
	boss.do(t, 200, "PUT", "/registers/units/"+b.Bureau, object{"name": "泗县政务服务中心", "kind": "department", "head_id": "", "deputy_id": "", "aliases": []string{"税务局", "住建局"}})
	require.NotRegexp(t, `还没有对应的单位：[^<]*税务局`, units())
	id := b.openAt(t, "negotiation")
	b.apply(t, process.ProjectManager, uuid.NewString(), opinion.AskName, opinion.Ask{Project: id, Desk: "tax"})
	page := b.page(t, process.ProjectManager, "/projects/"+id)
	require.NotContains(t, page, "里没有单位叫这个名称")
	require.Contains(t, page, "泗县政务服务中心")
}
