package httpapi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestTheContractIsWhatTheProgramSays: the committed file is the one that the operations write.
func TestTheContractIsWhatTheProgramSays(t *testing.T) {
	t.Parallel()
	text, err := Document()
	require.NoError(t, err)
	require.Equal(t, string(api.Document()), string(text), "run `make generate` and commit api/openapi.yaml")
}

func TestEveryCommandOfPeopleHasItsOperation(t *testing.T) {
	t.Parallel()
	spec, err := api.Spec()
	require.NoError(t, err)
	found := map[string]string{}
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			found[op.OperationID] = method + " " + path
		}
	}
	for _, kind := range kinds.All() {
		for _, about := range kind.Abouts() {
			if about.By != process.ByPeople {
				require.NotContains(t, found, string(about.Name), "it is not for people")
				continue
			}
			require.Contains(t, found, string(about.Name))
		}
	}
	require.Equal(t, "POST /projects", found["project.open"])
	require.Equal(t, "POST /hazards/{id}/hand-in", found["hazard.hand_in"])
	require.Equal(t, "POST /hazards/{id}/hand-over", found["hazard.hand_over"])
}

// errand is the smallest kind: what every case can do, and nothing else.
type errand struct{ project.Project }

func errands() process.Entry {
	return process.Enter(process.KindOf[errand, struct{}]{Kind: "errand", Path: "errands", Lead: process.ProjectManager, Common: casework.Commands(),
		Env: func(process.Env) struct{} { return struct{}{} }, Clone: func(e errand) errand { return e }})
}

// TestAKindComesWithItsOperations: nobody writes a line for the operations of a kind.
func TestAKindComesWithItsOperations(t *testing.T) {
	t.Parallel()
	text, err := documentOf([]process.Entry{errands()})
	require.NoError(t, err)
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string `yaml:"operationId"`
		}
	}
	require.NoError(t, yaml.Unmarshal(text, &doc))
	require.Equal(t, "listErrands", doc.Paths["/errands"]["get"].OperationID)
	require.Equal(t, "getErrand", doc.Paths["/errands/{id}"]["get"].OperationID)
	for _, verb := range []string{"comment", "attach", "nudge", "assign", "claim", "delegate", "hand-over", "hand-back", "extend"} {
		require.Equal(t, "errand."+strings.ReplaceAll(verb, "-", "_"), doc.Paths["/errands/{id}/"+verb]["post"].OperationID)
	}
	require.NotContains(t, doc.Paths, "/errands/{id}/remind")
}

func TestSchemas(t *testing.T) {
	t.Parallel()
	type inner struct {
		Day clock.Date `json:"day"`
	}
	type outer struct {
		Kept  *inner           `json:"kept"`
		Left  *inner           `json:"left,omitempty"`
		Money project.Yuan     `json:"money"`
		Area  *project.Decimal `json:"area"`
		List  []string         `json:"list"`
	}
	s := newSchemas()
	made := s.Schema(typeOf[outer](), false, "")
	require.Equal(t, "null", made.Properties["kept"].AnyOf[1].Type, "what is written as null may be null")
	require.NotEmpty(t, made.Properties["left"].Ref, "what is left out when empty never is")
	require.False(t, made.Properties["money"].Nullable)
	require.True(t, made.Properties["area"].Nullable)
	require.False(t, made.Properties["list"].Nullable)
	require.Equal(t, "date", s.all["Inner"].Properties["day"].Format)
	require.Equal(t, []string{"kept", "money", "area", "list"}, made.Required)
}
