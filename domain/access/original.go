package access

import "github.com/parkway-zone/parkway/domain/process"

// MayTake reports whether the actor, who reads the file, may have it as it was received. A picture carries what the device wrote into it, the place it was
// taken at above all, which is somebody's whereabouts: it is for who brought it, for the zone's people who work on the case, and for who examines it.
// Everybody else who reads it sees its preview. Any other file is read as it was received.
func MayTake(actor process.Actor, a process.Attachment) bool {
	if !a.IsPicture() || a.ByID == actor.ID {
		return true
	}
	return holdsOne(actor, []process.Role{process.ProjectManager, process.SafetySupervisor, process.LiaisonOfficer, process.Auditor})
}

// Original refuses who may not have the picture as it was received.
func Original(actor process.Actor, a process.Attachment) error {
	if MayTake(actor, a) {
		return nil
	}
	return process.Refuse(process.NotAllowed, "原图里可能有拍摄设备写入的地点，只给提交人、经办的项目经理、安监员、包保干部和审计；你可以看预览。",
		"The original may hold the place its device wrote into it. It is for who brought it, the project managers, safety supervisors and liaison officers, and auditors; you can see the preview.")
}
