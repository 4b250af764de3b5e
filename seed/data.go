// Package seed loads the demo zone: what the zone's annual report of 2024 says, through the same door as everything else and with true past days.
package seed

import (
	"bytes"
	_ "embed"
	"fmt"

	"go.yaml.in/yaml/v3"
)

//go:embed report-2024.yaml
var report []byte

// data is the shape of report-2024.yaml.
type data struct {
	Park struct {
		Code      string `yaml:"code"`
		Name      string `yaml:"name"`
		ShortName string `yaml:"short_name"`
		Letters   string `yaml:"letters"`
	} `yaml:"park"`
	Units       map[string][]string `yaml:"units"`
	Heads       map[string]string   `yaml:"heads"`      // unit → account of its head
	Department  string              `yaml:"department"` // in charge of the enterprises' trade, as far as the demo goes
	Enterprises []struct {
		Name     string   `yaml:"name"`
		Sector   string   `yaml:"sector"`
		Invented bool     `yaml:"invented"`
		Aliases  []string `yaml:"aliases"`
	} `yaml:"enterprises"`
	People    []person      `yaml:"people"`
	Projects  []projectLine `yaml:"projects"`
	Campaigns []struct {
		Name    string `yaml:"name"`
		Started string `yaml:"started"`
		Ended   string `yaml:"ended"`
	} `yaml:"campaigns"`
	Hazards   []hazardLine `yaml:"hazards"`
	Checklist struct {
		Name    string   `yaml:"name"`
		Basic   []string `yaml:"basic"`
		Site    []string `yaml:"site"`
		Serious []string `yaml:"serious"`
	} `yaml:"checklist"`
	Tenancies []struct {
		Landlord string `yaml:"landlord"`
		Tenant   string `yaml:"tenant"`
		Place    string `yaml:"place"`
	} `yaml:"tenancies"`
	VisitPlans []struct {
		Name   string `yaml:"name"`
		Sector string `yaml:"sector"`
		Sort   string `yaml:"sort"`
		Months int    `yaml:"months"`
		From   string `yaml:"from"`
		First  string `yaml:"first"`
		Second string `yaml:"second"`
	} `yaml:"visit_plans"`
	OtherVisits []struct {
		Enterprise string `yaml:"enterprise"`
		On         string `yaml:"on"`
		Body       string `yaml:"body"`
		Purpose    string `yaml:"purpose"`
	} `yaml:"other_visits"`
	Visits  []visitLine  `yaml:"visits"`
	Samples []sampleLine `yaml:"samples"`
	Tasks   []taskLine   `yaml:"tasks"`
	Leads   []leadLine   `yaml:"leads"`
}

type person struct {
	Username   string `yaml:"username"`
	Name       string `yaml:"name"`
	Role       string `yaml:"role"`
	Unit       string `yaml:"unit"`
	Enterprise string `yaml:"enterprise"`
	Card       string `yaml:"card"` // of whoever inspects; invented
}

type projectLine struct {
	Title      string `yaml:"title"`
	Enterprise string `yaml:"enterprise"`
	Sector     string `yaml:"sector"`
	Site       string `yaml:"site"`
	Yi         string `yaml:"yi"` // investment in 亿元
	Manager    string `yaml:"manager"`
	Liaison    string `yaml:"liaison"`
	Leader     string `yaml:"leader"`
	Stage      string `yaml:"stage"`
	Key        bool   `yaml:"key"`
	Entered    string `yaml:"entered"`
	Started    string `yaml:"started"`
	Planned    string `yaml:"planned"`
	Completed  string `yaml:"completed"`
	Produced   string `yaml:"produced"`
	Signed     string `yaml:"signed"`
	Since      string `yaml:"since"` // when the stage it is in began, of those signed this year
	Handed     handed `yaml:"handed"`
	Short      string `yaml:"short"` // what the report calls it
	Buildings  []struct {
		Codes     string `yaml:"codes"`
		Structure string `yaml:"structure"`
		Area      string `yaml:"area"` // of each, in m²
	} `yaml:"buildings"`
	Works  []workLine `yaml:"works"`
	Behind bool       `yaml:"behind"` // with the last month of its money
	Came   []cameLine `yaml:"came"`
	Steps  []stepLine `yaml:"planned_steps"`

	won        `yaml:",inline"`
	Review     reviewLine       `yaml:"review"` // of a project that was before the demo's meeting
	Waiver     waiverLine       `yaml:"waiver"`
	Assessed   bool             `yaml:"assessed"` // its departments are being asked
	Recognised []recognisedLine `yaml:"recognised"`
	Enrolment  string           `yaml:"enrolment"` // the day it was enrolled in statistics, or "waiting"
}

// workLine says how far steps were on a day. The report names what was under way; what came before and the days are invented.
type workLine struct {
	On    string   `yaml:"on"`
	Codes string   `yaml:"codes"` // none: the site
	Steps []string `yaml:"steps"`
	State string   `yaml:"state"`
	Began string   `yaml:"began"` // of what is done
}

// handed says that a case was handed to a unit, which has it to sign for.
type handed struct {
	To     string `yaml:"to"`
	On     string `yaml:"on"`
	Reason string `yaml:"reason"`
}

type hazardLine struct {
	Enterprise  string `yaml:"enterprise"`
	Location    string `yaml:"location"`
	Description string `yaml:"description"`
	Found       string `yaml:"found"`
	Campaign    string `yaml:"campaign"`
	Way         string `yaml:"way"` // spot, notice, two (rounds) or open
	Supervisor  string `yaml:"supervisor"`
	Second      string `yaml:"second"`
	Visit       struct {
		Head string `yaml:"head"` // of the unit, on site
		Item string `yaml:"item"` // of the checklist, that failed
	} `yaml:"visit"` // the invented inspection in which it was found
}

// sampleLine is an example that the demo adds to the report: a hazard in the middle of its life.
type sampleLine struct {
	Enterprise  string `yaml:"enterprise"`
	Location    string `yaml:"location"`
	Description string `yaml:"description"`
	Clause      string `yaml:"clause"` // of a major one
	Found       string `yaml:"found"`
	Recorded    string `yaml:"recorded"` // when it was typed in, where that was later
	Noticed     string `yaml:"noticed"`
	Due         string `yaml:"due"`
	HandedIn    string `yaml:"handed_in"`
	Supervisor  string `yaml:"supervisor"`
	Second      string `yaml:"second"`
}

// taskLine is a task of the year's work plan, which the demo invents.
type taskLine struct {
	Title    string `yaml:"title"`
	Goal     string `yaml:"goal"`
	Manager  string `yaml:"manager"`
	Recorded string `yaml:"recorded"`
	Due      string `yaml:"due"`
	Reports  []struct {
		On       string `yaml:"on"`
		Progress int    `yaml:"progress"`
		Note     string `yaml:"note"`
	} `yaml:"reports"`
	Handed handed    `yaml:"handed"`
	Done   string    `yaml:"done"`
	Result string    `yaml:"result"`
	Asked  *struct { // for more time
		On       string `yaml:"on"`
		Until    string `yaml:"until"`
		Reason   string `yaml:"reason"`
		Measures string `yaml:"measures"`
		Decider  string `yaml:"decider"`
		Refused  struct {
			On     string `yaml:"on"`
			Reason string `yaml:"reason"`
		} `yaml:"refused"`
	} `yaml:"asked"`
}

// won says how a project is being won, which the demo invents: who spoke to the other side, how far that has come, and who brought it.
type won struct {
	Contacts []struct {
		On   string `yaml:"on"`
		Way  string `yaml:"way"`
		Said string `yaml:"said"`
		Next string `yaml:"next"`
	} `yaml:"contacts"`
	Talks []struct {
		On   string `yaml:"on"`
		Step string `yaml:"step"`
	} `yaml:"talks"`
	Introducers []struct {
		Unit  string `yaml:"unit"`
		Share int    `yaml:"share"`
		On    string `yaml:"on"`
	} `yaml:"introducers"`
}

// leadLine is a project that has yet to be won, which the demo invents.
type leadLine struct {
	Title      string `yaml:"title"`
	Enterprise string `yaml:"enterprise"`
	Sector     string `yaml:"sector"`
	Site       string `yaml:"site"`
	Yi         string `yaml:"yi"`
	Manager    string `yaml:"manager"`
	Stage      string `yaml:"stage"`
	Entered    string `yaml:"entered"`
	Person     string `yaml:"person"` // on the other side
	Phone      string `yaml:"phone"`
	won        `yaml:",inline"`
	Lost       struct {
		On     string `yaml:"on"`
		Cause  string `yaml:"cause"`
		Reason string `yaml:"reason"`
	} `yaml:"lost"`
}

func read() (data, error) {
	var d data
	decoder := yaml.NewDecoder(bytes.NewReader(report))
	decoder.KnownFields(true)
	if err := decoder.Decode(&d); err != nil {
		return d, fmt.Errorf("understand the demo data: %w", err)
	}
	return d, nil
}
