package httpapi

import (
	"context"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/project"
)

// ProjectOpen carries out project.open.
func (a *API) ProjectOpen(ctx context.Context, r api.ProjectOpenRequestObject) (api.ProjectOpenResponseObject, error) {
	outcome, err := a.do(ctx, project.OpenName, "", r.Body, r.Params)
	return api.ProjectOpen200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectEdit carries out project.edit.
func (a *API) ProjectEdit(ctx context.Context, r api.ProjectEditRequestObject) (api.ProjectEditResponseObject, error) {
	outcome, err := a.do(ctx, project.EditName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectEdit200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectAnswer carries out project.answer.
func (a *API) ProjectAnswer(ctx context.Context, r api.ProjectAnswerRequestObject) (api.ProjectAnswerResponseObject, error) {
	outcome, err := a.do(ctx, project.AnswerName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectAnswer200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectWaive carries out project.waive.
func (a *API) ProjectWaive(ctx context.Context, r api.ProjectWaiveRequestObject) (api.ProjectWaiveResponseObject, error) {
	outcome, err := a.do(ctx, project.WaiveName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectWaive200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectAdvance carries out project.advance.
func (a *API) ProjectAdvance(ctx context.Context, r api.ProjectAdvanceRequestObject) (api.ProjectAdvanceResponseObject, error) {
	outcome, err := a.do(ctx, project.AdvanceName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectAdvance200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectSkip carries out project.skip.
func (a *API) ProjectSkip(ctx context.Context, r api.ProjectSkipRequestObject) (api.ProjectSkipResponseObject, error) {
	outcome, err := a.do(ctx, project.SkipName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectSkip200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectSendBack carries out project.send_back.
func (a *API) ProjectSendBack(ctx context.Context, r api.ProjectSendBackRequestObject) (api.ProjectSendBackResponseObject, error) {
	outcome, err := a.do(ctx, project.SendBackName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectSendBack200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectSuspend carries out project.suspend.
func (a *API) ProjectSuspend(ctx context.Context, r api.ProjectSuspendRequestObject) (api.ProjectSuspendResponseObject, error) {
	outcome, err := a.do(ctx, project.SuspendName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectSuspend200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectResume carries out project.resume.
func (a *API) ProjectResume(ctx context.Context, r api.ProjectResumeRequestObject) (api.ProjectResumeResponseObject, error) {
	outcome, err := a.do(ctx, project.ResumeName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectResume200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectTerminate carries out project.terminate.
func (a *API) ProjectTerminate(ctx context.Context, r api.ProjectTerminateRequestObject) (api.ProjectTerminateResponseObject, error) {
	outcome, err := a.do(ctx, project.TerminateName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectTerminate200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectAchieve carries out project.achieve.
func (a *API) ProjectAchieve(ctx context.Context, r api.ProjectAchieveRequestObject) (api.ProjectAchieveResponseObject, error) {
	outcome, err := a.do(ctx, project.AchieveName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectAchieve200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectAssign carries out project.assign.
func (a *API) ProjectAssign(ctx context.Context, r api.ProjectAssignRequestObject) (api.ProjectAssignResponseObject, error) {
	outcome, err := a.do(ctx, project.Kind.Does(casework.AssignVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectAssign200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectHandOver carries out project.hand_over.
func (a *API) ProjectHandOver(ctx context.Context, r api.ProjectHandOverRequestObject) (api.ProjectHandOverResponseObject, error) {
	outcome, err := a.do(ctx, project.Kind.Does(casework.HandOverVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectHandOver200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectComment carries out project.comment.
func (a *API) ProjectComment(ctx context.Context, r api.ProjectCommentRequestObject) (api.ProjectCommentResponseObject, error) {
	outcome, err := a.do(ctx, project.Kind.Does(casework.CommentVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectComment200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectAttach carries out project.attach.
func (a *API) ProjectAttach(ctx context.Context, r api.ProjectAttachRequestObject) (api.ProjectAttachResponseObject, error) {
	outcome, err := a.do(ctx, project.Kind.Does(casework.AttachVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectAttach200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectNudge carries out project.nudge.
func (a *API) ProjectNudge(ctx context.Context, r api.ProjectNudgeRequestObject) (api.ProjectNudgeResponseObject, error) {
	outcome, err := a.do(ctx, project.Kind.Does(casework.NudgeVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectNudge200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectExtend carries out project.extend.
func (a *API) ProjectExtend(ctx context.Context, r api.ProjectExtendRequestObject) (api.ProjectExtendResponseObject, error) {
	outcome, err := a.do(ctx, project.Kind.Does(casework.ExtendVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectExtend200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectClaim carries out project.claim.
func (a *API) ProjectClaim(ctx context.Context, r api.ProjectClaimRequestObject) (api.ProjectClaimResponseObject, error) {
	outcome, err := a.do(ctx, project.Kind.Does(casework.ClaimVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectClaim200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectDelegate carries out project.delegate.
func (a *API) ProjectDelegate(ctx context.Context, r api.ProjectDelegateRequestObject) (api.ProjectDelegateResponseObject, error) {
	outcome, err := a.do(ctx, project.Kind.Does(casework.DelegateVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectDelegate200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// ProjectHandBack carries out project.hand_back.
func (a *API) ProjectHandBack(ctx context.Context, r api.ProjectHandBackRequestObject) (api.ProjectHandBackResponseObject, error) {
	outcome, err := a.do(ctx, project.Kind.Does(casework.HandBackVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.ProjectHandBack200JSONResponse{OutcomeJSONResponse: outcome}, err
}
