package process

import "slices"

// CopyTo returns the notices that copy somebody in (抄送). It refuses anybody who is not active staff of the zone: departments and enterprises
// see a case when it is handed to them, not by a copy.
func CopyTo(ids []string, directory Directory) ([]Notice, error) {
	var notices []Notice
	var faults Faults
	for i, id := range ids {
		party, err := directory.Find(HeldByPerson, id)
		switch {
		case err != nil:
			faults.Note(Pointing(err, ElementAt("copy_to", i)))
		case party.EnterpriseID != "" || (len(party.Roles) == 1 && slices.Contains(party.Roles, Department)):
			faults.Note(RefuseField(ElementAt("copy_to", i), party.Name+"不是园区的同事，不能抄送。", "Only the zone's own staff can be copied in, which "+party.Name+" is not."))
		default:
			notices = append(notices, Notice{Kind: NoticeCopied, ToKind: HeldByPerson, ToID: id})
		}
	}
	return notices, faults.Err()
}
