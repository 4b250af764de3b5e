package track

import (
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// functions are the words for what somebody is in an enterprise: what is left of "主要负责人 张三" without them is the name.
func functions() []string {
	return []string{"主要负责人", "实际控制人", "法定代表人", "法人代表", "负责人", "董事长", "总经理", "副总经理", "经理", "厂长", "安全总监", "总监", "主任", "企业", "单位", "公司", "本人", "安全", "分管", "法人", "及", "和", "、", "，", ",", "（", "）", "(", ")"}
}

// named is what is left of somebody's description without functions and blanks: the names.
func named(who string) []string {
	for _, word := range functions() {
		who = strings.ReplaceAll(who, word, " ")
	}
	return strings.Fields(who)
}

// Comes reports whether the person may be whoever was called. Of somebody who was called by function alone nobody can say.
func (c Called) Comes(person string) bool {
	names, there := named(c.Who), strings.Join(strings.Fields(person), "")
	if len(names) == 0 {
		return true
	}
	for _, name := range names {
		if strings.Contains(there, name) {
			return true
		}
	}
	return false
}

// asked asks back an interview that was held before its day, or with somebody else than who was called: nobody may be sent instead. Nobody is missing before the day.
func (c Meet) asked(called Called, call process.Call) error {
	var faults process.Faults
	early := !called.On.IsZero() && call.Day().Before(called.On)
	switch {
	case call.Actor.Type != process.Person || strings.TrimSpace(c.AllTheSame) != "" && c.Result == Held:
	case early && c.Result == Absent:
		faults.Note(process.Refuse(process.ImpossibleDate, "约谈定在 "+called.On.Chinese()+"，还没有到日子，不能记未到场。", "It is to be held on "+called.On.String()+": nobody is missing before that day.").At("result"))
	case early:
		faults.Note(process.Refuse(process.ImpossibleDate, "约谈定在 "+called.On.Chinese()+"，还没有到日子。确实提前进行的，请写明原因；改期的，请先撤回再重新通知。",
			"It is to be held on "+called.On.String()+". If it was held earlier, say why; if the day is another one, take the summons back and send it anew.").At("all_the_same"))
	}
	if call.Actor.Type == process.Person && c.Result == Held && strings.TrimSpace(c.AllTheSame) == "" && strings.TrimSpace(c.Person) != "" && !called.Comes(c.Person) {
		faults.Note(process.OrSayWhy(process.RefuseField("person", "通知约谈的是「"+called.Who+"」，到场的写的是「"+c.Person+"」。不得委托他人代替：本人没有来的，请选「未到场」；就是本人的，请在「说明」里写明。",
			"Who was called is “"+called.Who+"”, and who came is given as “"+c.Person+"”. Nobody may be sent instead: if they did not come themselves, choose that nobody came; if it is the same person, say so.")))
	}
	return faults.Err()
}
