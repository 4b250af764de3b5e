package opinion

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// Bodies are the zone's departments, and by which other names each goes, by its id.
type Bodies struct {
	Units   []process.Party
	Aliases map[string][]string
}

// BodiesOf are the departments that the zone was found to have.
func BodiesOf(found process.Found) Bodies {
	return Bodies{Units: found.Departments, Aliases: found.UnitAliases}
}

// officially are the names of county bodies since the reform of 2018 by what offices call them.
func officially() map[string][]string {
	return map[string][]string{
		"发改委":    {"发展和改革委员会", "发展改革委员会", "发展和改革局", "发展改革局", "发改局"},
		"自规局":    {"自然资源和规划局", "自然资源局"},
		"生态环境分局": {"生态环境局"},
		"应急局":    {"应急管理局"},
		"住建局":    {"住房和城乡建设局", "住房城乡建设局"},
		"工信局":    {"工业和信息化局", "经济和信息化局", "经信局"},
	}
}

// Unit is the zone's unit that is meant: by its name or another one it goes by, else the only one whose name ends so, for a place stands before it (泗县住建局), else
// the only one that is called so officially (县住房和城乡建设局).
func (d Desk) Unit(bodies Bodies) (process.Party, bool) {
	for _, name := range d.Units {
		for _, unit := range bodies.Units {
			if unit.Name == name || slices.Contains(bodies.Aliases[unit.ID], name) {
				return unit, true
			}
		}
	}
	full := officially()
	for _, name := range d.Units {
		for _, ends := range append([]string{name}, full[name]...) {
			if unit, only := bodies.ending(ends); only {
				return unit, true
			}
		}
	}
	return process.Party{}, false
}

// ending is the only unit whose name ends so.
func (b Bodies) ending(name string) (unit process.Party, only bool) {
	for _, u := range b.Units {
		if !strings.HasSuffix(u.Name, name) {
			continue
		}
		if only {
			return process.Party{}, false
		}
		unit, only = u, true
	}
	return unit, only
}

// Unmet are the departments of the definition that no unit of the zone is.
func (d Definition) Unmet(bodies Bodies) []Desk {
	unmet := []Desk{}
	for _, x := range d.Desks {
		if _, known := x.Unit(bodies); !known {
			unmet = append(unmet, x)
		}
	}
	return unmet
}
