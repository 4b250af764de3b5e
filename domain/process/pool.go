package process

// Pooling is a case that may lie in a pool, where nobody has it in hand until somebody takes it or is assigned to it.
type Pooling interface {
	InPool() bool
	LeavePool(call Call, env Env) // its clock runs again; whoever has it from now on is named by the deed
}

// InPool refuses what needs somebody who has the case in hand.
func InPool() *Refusal {
	return Refuse(WrongState, "这条线索在线索池里，没有人跟进，请先领取或指派责任人。", "The lead lies in the pool and nobody has it: take it or assign somebody first.").After(MovedState)
}
