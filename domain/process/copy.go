package process

import "slices"

// CopyTo returns the notices that copy somebody in (抄送). It refuses anybody who is not active staff of the zone: departments and enterprises
// see a case when it is handed to them, not by a copy.
func CopyTo(ids []string, directory Directory) ([]Notice, error) {
	var notices []Notice
	for _, id := range ids {
		party, err := directory.Find(HeldByPerson, id)
		if err != nil {
			return nil, Pointing(err, "copy_to")
		}
		if party.EnterpriseID != "" || (len(party.Roles) == 1 && slices.Contains(party.Roles, Department)) {
			return nil, RefuseField("copy_to", "只能抄送给园区的同事。", "Only the zone's own staff can be copied in.")
		}
		notices = append(notices, Notice{Kind: NoticeCopied, ToKind: HeldByPerson, ToID: id})
	}
	return notices, nil
}
