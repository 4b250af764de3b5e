package httpapi

import (
	"context"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/hazard"
)

// HazardRecord carries out hazard.record.
func (a *API) HazardRecord(ctx context.Context, r api.HazardRecordRequestObject) (api.HazardRecordResponseObject, error) {
	outcome, err := a.do(ctx, hazard.RecordName, "", r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardRecord200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// HazardIssueNotice carries out hazard.issue_notice.
func (a *API) HazardIssueNotice(ctx context.Context, r api.HazardIssueNoticeRequestObject) (api.HazardIssueNoticeResponseObject, error) {
	outcome, err := a.do(ctx, hazard.IssueNoticeName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardIssueNotice200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// HazardHandIn carries out hazard.hand_in.
func (a *API) HazardHandIn(ctx context.Context, r api.HazardHandInRequestObject) (api.HazardHandInResponseObject, error) {
	outcome, err := a.do(ctx, hazard.HandInName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardHandIn200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// HazardReinspect carries out hazard.reinspect.
func (a *API) HazardReinspect(ctx context.Context, r api.HazardReinspectRequestObject) (api.HazardReinspectResponseObject, error) {
	outcome, err := a.do(ctx, hazard.ReinspectName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardReinspect200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// HazardFixOnSpot carries out hazard.fix_on_spot.
func (a *API) HazardFixOnSpot(ctx context.Context, r api.HazardFixOnSpotRequestObject) (api.HazardFixOnSpotResponseObject, error) {
	outcome, err := a.do(ctx, hazard.FixOnSpotName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardFixOnSpot200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// HazardWithdraw carries out hazard.withdraw.
func (a *API) HazardWithdraw(ctx context.Context, r api.HazardWithdrawRequestObject) (api.HazardWithdrawResponseObject, error) {
	outcome, err := a.do(ctx, hazard.WithdrawName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardWithdraw200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// HazardAssign carries out hazard.assign.
func (a *API) HazardAssign(ctx context.Context, r api.HazardAssignRequestObject) (api.HazardAssignResponseObject, error) {
	outcome, err := a.do(ctx, hazard.Kind.Does(casework.AssignVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardAssign200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// HazardChangeDeadline carries out hazard.change_deadline.
func (a *API) HazardChangeDeadline(ctx context.Context, r api.HazardChangeDeadlineRequestObject) (api.HazardChangeDeadlineResponseObject, error) {
	outcome, err := a.do(ctx, hazard.ChangeDeadlineName, r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardChangeDeadline200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// HazardComment carries out hazard.comment.
func (a *API) HazardComment(ctx context.Context, r api.HazardCommentRequestObject) (api.HazardCommentResponseObject, error) {
	outcome, err := a.do(ctx, hazard.Kind.Does(casework.CommentVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardComment200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// HazardAttach carries out hazard.attach.
func (a *API) HazardAttach(ctx context.Context, r api.HazardAttachRequestObject) (api.HazardAttachResponseObject, error) {
	outcome, err := a.do(ctx, hazard.Kind.Does(casework.AttachVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardAttach200JSONResponse{OutcomeJSONResponse: outcome}, err
}

// HazardNudge carries out hazard.nudge.
func (a *API) HazardNudge(ctx context.Context, r api.HazardNudgeRequestObject) (api.HazardNudgeResponseObject, error) {
	outcome, err := a.do(ctx, hazard.Kind.Does(casework.NudgeVerb), r.Id, r.Body, api.ProjectOpenParams(r.Params))
	return api.HazardNudge200JSONResponse{OutcomeJSONResponse: outcome}, err
}
