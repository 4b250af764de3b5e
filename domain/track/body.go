package track

import "github.com/parkway-zone/parkway/domain/process"

// OfferBodies offers the departments where a body is chosen.
func OfferBodies(f process.Question, departments []process.Party) process.Question {
	if f.Path == "unit_id" {
		for _, d := range departments {
			f.Choices = append(f.Choices, process.Choice{Value: d.ID, Text: process.Text{Chinese: d.Name, English: d.Name}})
		}
	}
	return f
}

// Body is the other body: a department that works with Parkway, by its id, or one by name. lacking is said where it is neither.
func Body(unitID, name string, departments []process.Party, lacking process.Text) (Party, error) {
	name, err := process.Optional("body", name, 100)
	switch {
	case err != nil:
		return Party{}, err
	case unitID != "" && name != "":
		return Party{}, process.RefuseField("body", "已经选了部门，不再填写名称。", "A department was chosen; name no other body.")
	case unitID != "":
		unit, there := process.Find(departments, unitID, func(d process.Party) string { return d.ID })
		if !there {
			return Party{}, process.RefuseField("unit_id", "没有找到这个部门，请重新选择。", "There is no such department; choose again.")
		}
		return Party{Kind: string(process.HeldByUnit), ID: unitID, Name: unit.Name}, nil
	case name == "":
		return Party{}, process.RefuseField("body", lacking.Chinese, lacking.English)
	}
	return Party{Name: name}, nil
}
