package process

import "strconv"

// Paper is one revision of an attachment, by its fingerprint: what a seal and a resolution keep of it.
type Paper struct {
	Number   int    `json:"number"`
	Revision int    `json:"revision"`
	Name     string `json:"name"`
	SHA256   string `json:"sha256"`
}

// ElementName is the paper's number and revision.
func (p Paper) ElementName(int) string {
	return strconv.Itoa(p.Number) + "." + strconv.Itoa(p.Revision)
}

// PapersOf are the attachments by their fingerprints, each in the revision that stands.
func PapersOf(attachments []Attachment) []Paper {
	papers, at := []Paper{}, map[int]int{}
	for _, a := range attachments {
		one := Paper{Number: a.Number, Revision: a.Revision, Name: a.Name, SHA256: a.SHA256}
		i, known := at[a.Number]
		switch {
		case !known:
			at[a.Number] = len(papers)
			papers = append(papers, one)
		case papers[i].Revision < a.Revision:
			papers[i] = one
		}
	}
	return papers
}
