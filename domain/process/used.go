package process

import (
	"strconv"
)

// Used is where a file of some content was put on record before.
type Used struct {
	CaseID     string
	Case       string // its number; "" where whoever brings the file may not know of it
	Round      int
	Attachment int
}

// Proof is part of a command that brings the proof of a rectification. A file that is on record of the case already, or has proved another rectification, is asked back:
// one picture taken once shows one thing (暂行规定 art. 16: what was put right is looked at before it counts). Who means it says why, and the re-inspector reads both.
type Proof struct {
	AllTheSame string `json:"all_the_same,omitempty" ask:"line,sometimes,again" maxLength:"200" doc:"Where a file is on record already, of an earlier round, the find or another hazard: why it is brought again. Without it that is refused, and the refusal says where it was used." example:"同一张全景照片，第二轮没有新增部位"`
}

// Again asks back files that were used before, and the same content twice in one deed. It returns why that is meant, for the history.
func (p Proof) Again(caseID string, evidence []Evidence, uploads map[string]Upload, call Call) (string, error) {
	why, err := Optional(Meant, p.AllTheSame, 200)
	if err != nil || call.Actor.Type != Person {
		return why, err
	}
	var faults Faults
	first, used := map[string]int{}, false
	for i, e := range evidence {
		upload, known := uploads[e.UploadID]
		if !known {
			continue // refused where it is put on record
		}
		if of, is := first[upload.SHA256]; is && upload.SHA256 != "" && evidence[of].UploadID != e.UploadID {
			faults.Note(twice(of, ElementAt("attachments", i)))
			continue
		}
		first[upload.SHA256] = i
		if upload.Used != nil {
			if used = true; why == "" {
				faults.Note(OrSayWhy(upload.Used.refusal(caseID, upload.Name).At(ElementAt("attachments", i))))
			}
		}
	}
	if err := faults.Err(); err != nil || !used {
		return "", err
	}
	return "附件以前用过：" + why, nil
}

// refusal says where the file was used.
func (u Used) refusal(caseID, name string) *Refusal {
	chinese, english := "另一起隐患的整改里", "for another rectification"
	round, roundEnglish := "", ""
	if u.Round > 0 {
		round, roundEnglish = "第 "+strconv.Itoa(u.Round)+" 轮", ", round "+strconv.Itoa(u.Round)
	}
	switch {
	case u.CaseID == caseID && round != "":
		chinese, english = "这件事"+round+"里（附件 "+strconv.Itoa(u.Attachment)+"）", "on this case"+roundEnglish+" (attachment "+strconv.Itoa(u.Attachment)+")"
	case u.CaseID == caseID:
		chinese, english = "这件事里（附件 "+strconv.Itoa(u.Attachment)+"）", "on this case (attachment "+strconv.Itoa(u.Attachment)+")"
	case u.Case != "":
		chinese, english = u.Case+" "+round+"里", "on "+u.Case+roundEnglish
	}
	return Refuse(MayBeKnown, "「"+name+"」已经用在"+chinese+"。请换成这次整改后拍的照片。", "“"+name+"” was used already "+english+". Bring what shows this rectification.")
}

// twice refuses a file that comes twice in one deed: it would be two proofs.
func twice(first int, at string) *Refusal {
	n := strconv.Itoa(first + 1)
	return RefuseField(at, "和第 "+n+" 个是同一个文件，只附一次。", "It is the same file as number "+n+"; bring it once.")
}
