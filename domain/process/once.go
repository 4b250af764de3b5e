package process

// Once is a command that follows from a deed and puts something on file of which one for the same waits at a time: a request for a change, a waiver, an opinion that is
// asked for, a paper that waits for its answer. The door refuses the deed while the first one waits: what was acknowledged and dropped afterwards would be nobody's.
type Once interface {
	// Same is what two of them have in common, under the rules of their kind that are in force.
	Same(rules Rules) string
	// Waits refuses the deed while another one waits. number is that one's, "" while it is being put on file.
	Waits(number string) *Refusal
}

// Meaning is a Once that another one may stand beside where whoever issues it has said that it is meant.
type Meaning interface{ Meant() bool }

// AskedAlready refuses to ask for something again while it waits to be decided, by the number of what waits; "" while that is being put on file.
func AskedAlready(number string) *Refusal {
	if number == "" {
		return Refuse(WrongState, "同样的申请刚刚提出，正在登记，不用再提；请稍后刷新页面查看。", "The same was asked for only just now and is being put on file; look at the page again in a moment.")
	}
	return Refuse(WrongState, "同样的申请已经在等批准（"+number+"）。请等它的结果，或者由申请人先撤回那一份再提。", "The same has been asked for ("+number+") and waits to be decided. Wait for the decision, or let whoever asked take that one back first.")
}
