package process

import "strconv"

// Under is what a kind's commands decide by where they need no more than what the door looked up and the definition that the case is pinned to.
type Under[D Rules] struct {
	Env
	Definition D
}

// UnderOf reads the definition from what the door looked up: the zero one of a page that asks before there is one.
func UnderOf[D Rules](e Env) Under[D] {
	d, _ := e.Rules.(D)
	return Under[D]{Env: e, Definition: d}
}

// RuleName names the version of a definition under which a clock runs: permit v2.
func RuleName(kind Kind, version int) string { return string(kind) + " v" + strconv.Itoa(version) }
