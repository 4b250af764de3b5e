package process

// Likeness is by what something that is to be put on file may be known already.
type Likeness struct {
	Title        string
	EnterpriseID string
	Company      string // typed, where no enterprise was chosen
	Phone        string
}

// Alike is a case that may be the same as another one.
type Alike struct {
	ID         string `json:"id"`
	Number     string `json:"number" example:"XM-2024-0001"`
	Title      string `json:"title"`
	Enterprise string `json:"enterprise"`
	Manager    string `json:"manager" doc:"Who has it; empty: it lies in the pool."`
	Stage      string `json:"stage"`
	By         string `json:"by" enum:"name,alias,phone,company" doc:"By what: the same name, a name it also goes by, the telephone number of the other side, the enterprise."`
}

// MayBe is the refusal of what may be on file already. It names each, and by what.
func MayBe(all []Alike) *Refusal {
	words := map[string]Text{"name": {Chinese: "名称相同", English: "same name"}, "alias": {Chinese: "曾用名或别名相同", English: "goes by the name too"},
		"phone": {Chinese: "联系电话相同", English: "same telephone number"}, "company": {Chinese: "同一家企业", English: "same enterprise"}}
	list := Text{}
	for i, a := range all {
		if i > 0 {
			list.Chinese, list.English = list.Chinese+"；", list.English+"; "
		}
		by, who := words[a.By], a.Manager
		if who == "" {
			who = "线索池"
		}
		list.Chinese += a.Number + "「" + a.Title + "」（" + by.Chinese + "，" + who + "）"
		list.English += a.Number + " “" + a.Title + "” (" + by.English + ", " + a.Manager + ")"
	}
	return Refuse(MayBeKnown, "可能已经登记过："+list.Chinese+"。确实不是同一个的，请写明原因后再登记。", "It may be on file already: "+list.English+". If it is another one, say why and record it all the same.")
}
