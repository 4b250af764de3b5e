package process

// Sameness is by what something that is put on file is the same as what is open: who it is about, the place and the words.
type Sameness struct {
	EnterpriseID string
	Place        string
	Says         string
}

// SaidAlready asks back what is open already in the same words: it came a second time, or it is one more of the same at another spot, which whoever means it says.
func SaidAlready(open Numbered) *Refusal {
	return OrSayWhy(Refuse(MayBeKnown, "同一家企业、同一部位、同样的描述已经登记过："+open.Number+"，还没有办结。重复的不用再登记；确实是另一处的，请写明部位的不同或原因。",
		"The same is on file of this enterprise at this place in the same words and is open: "+open.Number+". If it is the same, there is nothing to record; if it is another one, say where or why.").At("description"))
}
