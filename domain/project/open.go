package project

import (
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// OpenName is the name of Open.
const OpenName process.Name = "project.open"

// Open puts a project on file at any stage: the zone also takes over projects that were signed elsewhere.
type Open struct {
	Title        string             `json:"title" ask:"line,required" minLength:"1" maxLength:"200" doc:"The project's name." example:"年产 5 万套新能源汽车零部件项目"`
	EnterpriseID string             `json:"enterprise_id" ask:"enterprise,required" doc:"The enterprise that invests."`
	EntryStage   string             `json:"entry_stage" ask:"choose,required,is=lead" doc:"The stage it stands in: the zone also takes over projects that began elsewhere." example:"lead"`
	Facts        Given              `json:"facts,omitzero" ask:"" doc:"What is known of it."`
	ManagerID    string             `json:"manager_id,omitempty" ask:"person,from=workers,is=me" doc:"Who manages it; the caller when left out."`
	Buildings    []BuildingGiven    `json:"buildings,omitempty" doc:"Its buildings."`
	Attachments  []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers to begin with."`
	AllTheSame   string             `json:"all_the_same,omitempty" ask:"line" maxLength:"200" doc:"Of a lead that may be on file already: why it is recorded all the same. Without it such a lead is refused, and the refusal names those that it may be." example:"同一企业的另一个项目，选址和产品都不同"`
}

// About says who may, and who reads of it.
func (Open) About() process.About {
	return process.About{Name: OpenName, Any: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly, Opens: true}
}

// Mentions returns the enterprise and the people named.
func (c Open) Mentions() []string {
	return []string{c.EnterpriseID, c.ManagerID, c.Facts.LeaderID, c.Facts.LiaisonID}
}

// Brings returns the evidence.
func (c Open) Brings() []process.Evidence { return c.Attachments }

// Decide refuses unknown parties, unknown stages and impossible facts. The subject is an empty case with its id, number and park.
func (c Open) Decide(p Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	if p.Version > 0 {
		return none, process.Refuse(process.WrongState, "项目已经建档。", "The project is on file already.")
	}
	var faults process.Faults
	p.Title = faults.Text(process.Required("title", c.Title, process.TitleLimit))
	enterprise, err := env.Directory.Find(process.HeldByEnterprise, c.EnterpriseID)
	faults.Note(process.Pointing(err, "enterprise_id"))
	p.EnterpriseID, p.EnterpriseName = enterprise.ID, enterprise.Name
	p.Facts, err = c.Facts.on(Facts{}, call, env)
	faults.Note(err)
	managerID := c.ManagerID
	if managerID == "" {
		managerID = call.Actor.ID
	}
	manager := faults.Party(env.Directory.Staff(managerID, "manager_id"))
	p.ManagerID, p.ManagerName = manager.ID, manager.Name
	p.Buildings, err = onFile(nil, c.Buildings, call, env)
	faults.Note(err)
	p.Journey = lifecycle.Journey{Passages: []lifecycle.Passage{}, Answers: []lifecycle.Answer{}}
	p.UnitIDs, p.DefinitionVersion, p.Money = []string{}, env.Definition.Version, []funds.Entry{}
	p.GiveTo(manager, call.OccurredAt)
	faults.Note(process.Pointing(env.Definition.Start(p.traveller(env), lifecycle.StageID(c.EntryStage), call), "entry_stage"))
	p.rest(env.Definition)
	p.Attachments, err = process.PutOnRecord([]process.Attachment{}, c.Attachments, env.Uploads, call, process.Place{})
	faults.Note(err)
	why := faults.Text(process.Optional("all_the_same", c.AllTheSame, 200))
	if why == "" && len(env.Alike) > 0 && c.leads() {
		faults.Note(process.MayBe(env.Alike).At("all_the_same"))
	}
	if faults.Err() != nil {
		return none, faults.Err()
	}
	return process.Decision[Project]{After: p, Reason: why}, nil
}
