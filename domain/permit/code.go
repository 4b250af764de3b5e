package permit

import (
	"regexp"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// TakeCodeVerb is the command of a project that takes its 项目代码 from the permit whose number it is.
const TakeCodeVerb process.Verb = "take_code"

// Coded is what the project is told: its code, what it said before where that is put right, and by which permit.
type Coded struct {
	Code   string `json:"code" maxLength:"60" doc:"The national project code (项目代码)."`
	Was    string `json:"was,omitempty" maxLength:"60" doc:"The code that the permit said before it was put right."`
	Permit string `json:"permit" maxLength:"200" doc:"The permit that it is the number of."`
}

// nationalCode is how a 项目代码 is written: the month, the place, the sort of project, its trade, and a number.
var nationalCode = regexp.MustCompile(`^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$`) //nolint:gochecknoglobals // never written

// code is the project's 项目代码 where the permit's number is one: the filing, and the approval, of the whole project are known by it (企业投资项目核准和备案管理条例 art. 4);
// "" of an approval with a 文号, of a part with a code of its own, and of every other permit.
func (p Permit) code() string {
	number := strings.TrimSpace(p.Certificate)
	if p.Stage != "filing" && p.Stage != "approval" || p.Part != "" || !nationalCode.MatchString(number) {
		return ""
	}
	return number
}

// agrees asks back a number that is another 项目代码 than the project has on file, unless it is said why it is so. Neither is ever written over the other in silence.
func (p Permit) agrees(was, why string, call process.Call, env Env) error {
	code, parent := p.code(), env.Found.Parent
	if code == "" || parent == nil || parent.Code == "" || parent.Code == code || parent.Code == was || call.Actor.Type != process.Person || strings.TrimSpace(why) != "" {
		return nil
	}
	return process.OrSayWhy(process.Refuse(process.MayBeKnown, "项目登记的项目代码是 "+parent.Code+"，与这里的 "+code+" 不一样。写错了的请改正；项目上登记错了的，请在项目的「修改信息」里改。",
		"The project has the code "+parent.Code+" on file, this says "+code+". Correct the number, or the project's code where that is wrong.").At("certificate"))
}

// tells lets the project take its code where it has none, or still the one that the permit said wrongly.
func (p Permit) tells(was string, env Env) []process.FollowUp {
	code, parent := p.code(), env.Found.Parent
	if code == "" || parent == nil || parent.Code != "" && (parent.Code != was || was == code) || parent.Code == code {
		return nil
	}
	return []process.FollowUp{{Kind: parent.Kind, CaseID: parent.ID, Command: parent.Kind.Does(TakeCodeVerb), Input: Coded{Code: code, Was: was, Permit: p.Case.Number + " " + p.item(env).Name.Chinese}}}
}
