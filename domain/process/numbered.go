package process

// Numbered is another case of the kind that has an official paper of the same number.
type Numbered struct {
	Number string
	Title  string
	Slot   string
	Other  string // who is on the other side, by id, or by name where it does not work with Parkway
}

// Meant is where it is said why something doubtful is meant all the same; a form asks for it once it was doubted.
const Meant = "all_the_same"

// OrSayWhy points a refusal of what is doubted also to where it is said that it is meant.
func OrSayWhy(r *Refusal) *Refusal {
	return r.With(Field{Name: Meant, Chinese: "确实如此的，请在这里写明原因。", English: "If it really is so, say why here."})
}

// PaperKnown asks back a paper whose number is on file already: field is where it is said why it is another one.
func PaperKnown(number string, on Numbered, field string) *Refusal {
	return Refuse(MayBeKnown, "文号「"+number+"」已经登记过："+on.Number+"「"+on.Title+"」。确实是另一份的，请写明原因；写错了请改正文号。",
		"A paper numbered “"+number+"” is on file already: "+on.Number+" “"+on.Title+"”. If this is another one, say why; else correct the number.").At(field)
}
