package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestAnInvestmentFarFromTheRecordIsAskedBack: of an agreement and of an edit alike, whichever way the unit was mistaken; said to be meant it is taken, and what is not far
// apart is never asked.
func TestAnInvestmentFarFromTheRecordIsAskedBack(t *testing.T) {
	t.Parallel()
	p, surroundings := opened(t, "signed", project.OwnLand), env(t)
	rapid.Check(t, func(t *rapid.T) {
		known := p
		known.Investment = project.Yuan(rapid.Int64Range(1_000_000_00, 100_000_000_00).Draw(t, "on record"))
		times, up := project.Yuan(rapid.SampledFrom([]int{2, 10, 99, 101, 10_000}).Draw(t, "times")), rapid.Bool().Draw(t, "up")
		given := known.Investment / times
		if up {
			given = known.Investment * times
		}
		sign, edit := signedOn(1), project.Edit{Reason: "x", Facts: project.Given{Investment: &given}}
		sign.Investment = &given
		meantSign, meantEdit := sign, edit
		meantSign.AllTheSame, meantEdit.AllTheSame = "登记时单位写错", "登记时单位写错"
		for _, c := range []project.Command{sign, edit} {
			_, err := c.Decide(known, issued(c, 3), surroundings)
			asked := process.RefusalOf(err)
			require.Equal(t, times > 100, asked != nil, "%v", err)
			if asked != nil {
				require.Equal(t, "investment", asked.Fields[0].Name)
			}
		}
		for _, c := range []project.Command{meantSign, meantEdit} {
			_, err := c.Decide(known, issued(c, 3), surroundings)
			require.NoError(t, err)
		}
	})
}

// TestAnAgreementOfAnotherProjectIsAskedBack by the number of that one.
func TestAnAgreementOfAnotherProjectIsAskedBack(t *testing.T) {
	t.Parallel()
	p, known := opened(t, "signed", project.OwnLand), env(t)
	known.Numbered = []process.Numbered{{Number: "XM-2026-0009", Title: "别的项目"}}
	_, err := signedOn(1).Decide(p, issued(signedOn(1), 3), known)
	refusal := process.RefusalOf(err)
	require.Equal(t, process.MayBeKnown, refusal.Code)
	require.Equal(t, "number", refusal.Fields[0].Name)
	require.Contains(t, refusal.Chinese, "XM-2026-0009")
	meant := signedOn(1)
	meant.AllTheSame = "一份协议约定两个项目"
	_, err = meant.Decide(p, issued(meant, 3), known)
	require.NoError(t, err)
}
