package opinion

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
)

// Definition is one published version of the pre-assessment: which departments are asked what, within what time, and who hears of it.
type Definition struct {
	Kind      process.Kind  `json:"kind" yaml:"kind"`
	Version   int           `json:"version" yaml:"version"`
	Name      process.Text  `json:"name" yaml:"name"`
	Limit     clock.Limit   `json:"limit" yaml:"limit"`
	Desks     []Desk        `json:"departments" yaml:"departments"`
	Questions []Question    `json:"questions" yaml:"questions"`
	Ladder    ladder.Ladder `json:"ladder" yaml:"ladder"`
}

// Desk is a department that is asked.
type Desk struct {
	ID    string       `json:"id" yaml:"id"`
	Name  process.Text `json:"name" yaml:"name"`
	Units []string     `json:"units" yaml:"units"` // the zone's unit that is meant, by its name: the first that there is
	Asks  []string     `json:"asks" yaml:"asks"`   // the questions it answers
}

// Question is one that departments answer with their opinion. All that a department is asked must be answered.
type Question struct {
	ID      string       `json:"id" yaml:"id"`
	Name    process.Text `json:"name" yaml:"name"`
	As      Sort         `json:"as" yaml:"as"`
	Unit    string       `json:"unit,omitempty" yaml:"unit"` // of a number
	Most    int          `json:"most,omitempty" yaml:"most"` // of a number: above it, it was meant in another unit
	Choices []Choice     `json:"choices,omitempty" yaml:"choices"`
}

// Sort is how a question is answered.
type Sort string

// The sorts of question.
const (
	YesOrNo Sort = "yes_no"
	Chosen  Sort = "choice"
	Numbers Sort = "number" // with at most two decimals
	Words   Sort = "words"
)

// Choice is one answer of several.
type Choice struct {
	ID   string       `json:"id" yaml:"id"`
	Name process.Text `json:"name" yaml:"name"`
}

// Desk returns the department with the id.
func (d Definition) Desk(id string) (Desk, bool) {
	return process.Find(d.Desks, id, func(x Desk) string { return x.ID })
}

// Question returns the question with the id.
func (d Definition) Question(id string) (Question, bool) {
	return process.Find(d.Questions, id, func(x Question) string { return x.ID })
}

// choices are what can be answered, of a question with fixed answers.
func (q Question) choices() []Choice {
	if q.As == YesOrNo {
		return []Choice{{ID: "yes", Name: process.Text{Chinese: "是", English: "Yes"}}, {ID: "no", Name: process.Text{Chinese: "否", English: "No"}}}
	}
	return q.Choices
}

// Says is an answer in words.
func (q Question) Says(value string) process.Text {
	for _, c := range q.choices() {
		if c.ID == value {
			return c.Name
		}
	}
	if q.Unit != "" && value != "" {
		return process.Text{Chinese: value + " " + q.Unit, English: value + " " + q.Unit}
	}
	return process.Text{Chinese: value, English: value}
}

// read refuses an answer that is none to the question, and gives the others one form.
func (q Question) read(text string) (string, error) {
	path := "answers." + q.ID
	switch q.As {
	case YesOrNo, Chosen:
		if slices.ContainsFunc(q.choices(), func(c Choice) bool { return c.ID == text }) {
			return text, nil
		}
		return "", process.RefuseField(path, "「"+q.Name.Chinese+"」请从列出的选项中选择。", "“"+q.Name.English+"”: choose one of the answers.")
	case Numbers:
		value, err := typed.Number(path, text, q.Unit)
		if err != nil {
			return "", err
		}
		n, ok := new(big.Rat).SetString(value)
		if !ok || n.Sign() < 0 || q.Most > 0 && n.Cmp(big.NewRat(int64(q.Most), 1)) > 0 {
			return "", process.RefuseField(path, "「"+q.Name.Chinese+"」以"+q.Unit+"为单位，在 0 到 "+strconv.Itoa(q.Most)+" 之间；"+text+" 是不是用了别的单位？请核对。",
				"“"+q.Name.English+"” is in "+q.Unit+", between 0 and "+strconv.Itoa(q.Most)+"; was "+text+" meant in another unit?")
		}
		return value, nil
	case Words:
	}
	return process.Required(path, text, process.TextLimit)
}

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	at := fmt.Sprintf("definition %s v%d", d.Kind, d.Version)
	if d.Version < 1 || len(d.Desks) == 0 {
		return fmt.Errorf("%s: needs a version and departments", at)
	}
	if err := d.Limit.Valid(); err != nil {
		return fmt.Errorf("%s: %w", at, err)
	}
	asked, desks := map[string]bool{}, map[string]bool{}
	for _, q := range d.Questions {
		fixed := q.As == Chosen
		if q.ID == "" || asked[q.ID] || q.Name.Chinese == "" || q.Name.English == "" || fixed != (len(q.Choices) > 0) || (q.As == Numbers) != (q.Most > 0 && q.Unit != "") ||
			!slices.Contains([]Sort{YesOrNo, Chosen, Numbers, Words}, q.As) {
			return fmt.Errorf("%s: question %q needs an id of its own, its names, a sort, choices exactly when it has fixed ones, and a unit and a bound exactly when it is a number", at, q.ID)
		}
		asked[q.ID] = true
	}
	for _, x := range d.Desks {
		if x.ID == "" || desks[x.ID] || x.Name.Chinese == "" || x.Name.English == "" || slices.ContainsFunc(x.Asks, func(id string) bool { return !asked[id] }) {
			return fmt.Errorf("%s: department %q needs an id of its own, its names, and questions that there are", at, x.ID)
		}
		desks[x.ID] = true
	}
	return d.Ladder.Valid()
}

func (d Definition) rule() string { return process.RuleName(d.Kind, d.Version) }

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of the department's days.
func (d Definition) LadderOf(string) ladder.Ladder { return d.Ladder }

// Covers refuses a department that the definition does not have.
func (d Definition) Covers(c process.Case) error {
	if _, ok := d.Desk(c.Stage); !ok {
		return process.RefuseField("version", "这个版本的预评估里没有这个部门。", "This version of the pre-assessment has no such department.")
	}
	return nil
}

// StageName names a department.
func (d Definition) StageName(id string) process.Text {
	x, _ := d.Desk(id) // the zero one has no name
	return x.Name
}

// StageOrder lists the departments in their order.
func (d Definition) StageOrder() []string {
	return process.InOrder(d.Desks, func(x Desk) string { return x.ID })
}
