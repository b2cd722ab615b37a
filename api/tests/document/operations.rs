//! Every operation of the description, with its fields.
#![allow(deprecated, reason = "the description has deprecated parameters")]

use super::{Check, Input};
use stackone_api::{
    accounting, ats, crm, documents, hris, iam, lms, marketing, messaging, screening, stackone, ticketing,
};

macro_rules! operations {
    ($($kind:ident $domain:ident::$name:ident { $($field:ident)* })*) => {
        /// Checks each operation as its kind: `page` for a list, else by its response.
        pub(crate) fn check_all(check: &mut Check) {
            $(check.$kind(|input: &Input| {
                let _ = input;
                $domain::$name { $($field: input.read(stringify!($field))),* }
            });)*
        }
    };
}

operations! {
    page accounting::AccountingListCompaniesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json accounting::AccountingGetCompanyRequest { x_account_id id raw proxy fields prefer }
    page accounting::AccountingListCompanyAccountsRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    json accounting::AccountingGetCompanyAccountRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    page accounting::AccountingListCompanyTaxRatesRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    json accounting::AccountingGetCompanyTaxRateRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    json accounting::AccountingBatchCreateCompanyJournalsRequest { x_account_id id prefer body }
    page accounting::AccountingListCompanyJournalsRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    json accounting::AccountingCreateCompanyJournalRequest { x_account_id id prefer body }
    json accounting::AccountingGetCompanyJournalRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    page ats::AtsListApplicationsRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token expand include job_id prefer }
    json ats::AtsCreateApplicationRequest { x_account_id prefer body }
    json ats::AtsGetApplicationRequest { x_account_id id raw proxy fields expand include prefer }
    json ats::AtsUpdateApplicationRequest { x_account_id id prefer body }
    page ats::AtsListApplicationsOffersRequest { x_account_id id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsMoveApplicationRequest { x_account_id id prefer body }
    json ats::AtsRejectApplicationRequest { x_account_id id prefer body }
    json ats::AtsGetApplicationOfferRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    page ats::AtsListApplicationScorecardsRequest { x_account_id id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetApplicationScorecardRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    page ats::AtsListApplicationChangesRequest { x_account_id id raw proxy fields page_size next filter prefer }
    page ats::AtsListApplicationNotesRequest { x_account_id id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsCreateApplicationNoteRequest { x_account_id id prefer body }
    json ats::AtsGetApplicationNoteRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    json ats::AtsUpdateApplicationNoteRequest { x_account_id id sub_resource_id prefer body }
    page ats::AtsListApplicationsScheduledInterviewsRequest { x_account_id id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetApplicationScheduledInterviewRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    json ats::AtsUploadApplicationDocumentRequest { x_account_id id body }
    download ats::AtsDownloadApplicationDocumentRequest { x_account_id id sub_resource_id format export_format }
    page ats::AtsListApplicationDocumentsRequest { x_account_id id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetApplicationDocumentRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    page ats::AtsListCandidatesRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token include prefer }
    json ats::AtsCreateCandidateRequest { x_account_id prefer body }
    json ats::AtsGetCandidateRequest { x_account_id id raw proxy fields include prefer }
    json ats::AtsUpdateCandidateRequest { x_account_id id prefer body }
    page ats::AtsListCandidateNotesRequest { x_account_id id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsCreateCandidateNoteRequest { x_account_id id prefer body }
    json ats::AtsGetCandidateNoteRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    page ats::AtsListApplicationCustomFieldDefinitionsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json ats::AtsGetApplicationCustomFieldDefinitionRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    page ats::AtsListCandidateCustomFieldDefinitionsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json ats::AtsGetCandidateCustomFieldDefinitionRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    page ats::AtsListJobCustomFieldDefinitionsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json ats::AtsGetJobCustomFieldDefinitionRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    page ats::AtsListDepartmentsRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetDepartmentRequest { x_account_id id raw proxy fields prefer }
    page ats::AtsListInterviewStagesRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetInterviewStageRequest { x_account_id id raw proxy fields prefer }
    page ats::AtsListApplicationStagesRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetApplicationStageRequest { x_account_id id raw proxy fields prefer }
    page ats::AtsListInterviewsRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetInterviewRequest { x_account_id id raw proxy fields prefer }
    json ats::AtsCreateInterviewNoteRequest { x_account_id id prefer body }
    json ats::AtsUpdateInterviewNoteRequest { x_account_id id sub_resource_id prefer body }
    page ats::AtsListJobsRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token expand include prefer }
    json ats::AtsCreateJobRequest { x_account_id prefer body }
    page ats::AtsListJobApplicationStagesRequest { x_account_id id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetJobRequest { x_account_id id raw proxy fields expand include prefer }
    json ats::AtsUpdateJobRequest { x_account_id id prefer body }
    json ats::AtsGetJobApplicationStageRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    page ats::AtsListListsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json ats::AtsGetListRequest { x_account_id id raw proxy fields prefer }
    page ats::AtsListLocationsRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetLocationRequest { x_account_id id raw proxy fields prefer }
    page ats::AtsListRejectedReasonsRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetRejectedReasonRequest { x_account_id id raw proxy fields prefer }
    page ats::AtsListUsersRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsGetUserRequest { x_account_id id raw proxy fields prefer }
    page ats::AtsListJobPostingsRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token include prefer }
    json ats::AtsGetJobPostingRequest { x_account_id id raw proxy fields include prefer }
    page ats::AtsListOffersRequest { x_account_id raw proxy fields filter page page_size next updated_after sync_token prefer }
    json ats::AtsCreateOfferRequest { x_account_id prefer body }
    json ats::AtsGetOfferRequest { x_account_id id raw proxy fields prefer }
    page ats::AtsListAssessmentsPackagesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json ats::AtsGetAssessmentsPackageRequest { x_account_id id raw proxy fields prefer }
    json ats::AtsOrderAssessmentsRequestRequest { x_account_id prefer body }
    json ats::AtsUpdateAssessmentsResultRequest { x_account_id id prefer body }
    page ats::AtsListBackgroundCheckPackagesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json ats::AtsCreateBackgroundCheckPackageRequest { x_account_id prefer body }
    json ats::AtsGetBackgroundCheckPackageRequest { x_account_id id raw proxy fields prefer }
    json ats::AtsDeleteBackgroundCheckPackageRequest { x_account_id id prefer }
    json ats::AtsUpdateBackgroundCheckPackageRequest { x_account_id id prefer body }
    json ats::AtsOrderBackgroundCheckRequestRequest { x_account_id prefer body }
    json ats::AtsUpdateBackgroundCheckResultRequest { x_account_id id prefer body }
    page ats::AtsListApplicationDocumentCategoriesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json ats::AtsGetApplicationDocumentCategoryRequest { x_account_id id raw proxy fields prefer }
    page crm::CrmListContactsRequest { x_account_id raw proxy fields filter page page_size next updated_after include prefer }
    json crm::CrmCreateContactRequest { x_account_id prefer body }
    json crm::CrmGetContactRequest { x_account_id id raw proxy fields include prefer }
    json crm::CrmUpdateContactRequest { x_account_id id prefer body }
    page crm::CrmListAccountsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json crm::CrmGetAccountRequest { x_account_id id raw proxy fields prefer }
    page crm::CrmListListsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json crm::CrmGetListRequest { x_account_id id raw proxy fields prefer }
    page crm::CrmListContactCustomFieldDefinitionsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json crm::CrmGetContactCustomFieldDefinitionRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    download documents::DocumentsDownloadFileRequest { x_account_id x_stackone_api_session_token id format export_format }
    json documents::DocumentsUploadFileRequest { x_account_id x_stackone_api_session_token body }
    page documents::DocumentsListFilesRequest { prefer x_account_id x_stackone_api_session_token raw proxy fields filter page page_size next updated_after folder_id nested_items include }
    json documents::DocumentsGetFileRequest { prefer x_account_id x_stackone_api_session_token id raw proxy fields include }
    page documents::DocumentsListFoldersRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after folder_id nested_items include }
    json documents::DocumentsGetFolderRequest { prefer x_account_id id raw proxy fields include }
    page documents::DocumentsListDrivesRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json documents::DocumentsGetDriveRequest { prefer x_account_id id raw proxy fields }
    page hris::HrisListCompaniesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetCompanyRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListEmployeeCustomFieldDefinitionsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetEmployeeCustomFieldDefinitionRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    page hris::HrisListEmployeesRequest { x_account_id raw proxy fields filter page page_size next updated_after expand include prefer }
    json hris::HrisCreateEmployeeRequest { x_account_id prefer body }
    json hris::HrisGetEmployeeRequest { x_account_id id raw proxy fields expand include prefer }
    json hris::HrisUpdateEmployeeRequest { x_account_id id prefer body }
    json hris::HrisInviteEmployeeRequest { x_account_id id prefer body }
    page hris::HrisListEmployeeShiftsRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetEmployeeShiftRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    page hris::HrisListEmployeeTimeOffRequestsRequest { x_account_id id raw proxy fields filter page page_size next updated_after expand prefer }
    json hris::HrisCreateEmployeeTimeOffRequestRequest { x_account_id id prefer body }
    json hris::HrisGetEmployeesTimeOffRequestRequest { x_account_id id sub_resource_id raw proxy fields expand prefer }
    json hris::HrisCancelEmployeeTimeOffRequestRequest { x_account_id id sub_resource_id prefer }
    json hris::HrisUpdateEmployeeTimeOffRequestRequest { x_account_id id sub_resource_id prefer body }
    json hris::HrisBatchUploadEmployeeDocumentRequest { x_account_id id body }
    json hris::HrisUploadEmployeeDocumentRequest { x_account_id id body }
    download hris::HrisDownloadEmployeeDocumentRequest { x_account_id id sub_resource_id format export_format }
    page hris::HrisListEmployeeDocumentsRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetEmployeeDocumentRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    page hris::HrisListEmployeeCategoriesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetEmployeeDocumentCategoryRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListEmployeeWorkEligibilityRequest { id raw proxy fields filter page page_size next updated_after x_account_id prefer }
    json hris::HrisCreateEmployeeWorkEligibilityRequestRequest { id x_account_id prefer body }
    json hris::HrisGetEmployeesWorkEligibilityRequest { id sub_resource_id raw proxy fields x_account_id prefer }
    ignored hris::HrisUpdateEmployeeWorkEligibilityRequestRequest { id sub_resource_id x_account_id prefer body }
    page hris::HrisListEmployeeTimeOffBalancesRequest { x_account_id id raw proxy fields filter page page_size next updated_after expand prefer }
    json hris::HrisGetEmployeeTimeOffBalanceRequest { x_account_id id sub_resource_id raw proxy fields expand prefer }
    page hris::HrisListEmploymentsRequest { x_account_id raw proxy fields filter page page_size next updated_after expand prefer }
    json hris::HrisGetEmploymentRequest { x_account_id id raw proxy fields expand prefer }
    page hris::HrisListEmployeeEmploymentsRequest { x_account_id id raw proxy fields filter page page_size next updated_after expand prefer }
    json hris::HrisCreateEmployeeEmploymentRequest { x_account_id id prefer body }
    json hris::HrisGetEmployeeEmploymentRequest { x_account_id id sub_resource_id raw proxy fields expand prefer }
    json hris::HrisUpdateEmployeeEmploymentRequest { x_account_id id sub_resource_id prefer body }
    page hris::HrisListGroupsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    page hris::HrisListDepartmentGroupsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    page hris::HrisListCostCenterGroupsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    page hris::HrisListTeamGroupsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    page hris::HrisListDivisionGroupsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    page hris::HrisListCompaniesGroupsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetGroupRequest { x_account_id id raw proxy fields prefer }
    json hris::HrisGetDepartmentGroupRequest { x_account_id id raw proxy fields prefer }
    json hris::HrisGetCostCenterGroupRequest { x_account_id id raw proxy fields prefer }
    json hris::HrisGetTeamGroupRequest { x_account_id id raw proxy fields prefer }
    json hris::HrisGetDivisionGroupRequest { x_account_id id raw proxy fields prefer }
    json hris::HrisGetCompanyGroupRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListJobsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetJobRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListLocationsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetLocationRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListPositionsRequest { x_account_id raw proxy fields filter page page_size next updated_after status prefer }
    json hris::HrisGetPositionRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListTimeEntriesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetTimeEntriesRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListTimeOffRequestsRequest { x_account_id raw proxy fields filter page page_size next updated_after expand prefer }
    json hris::HrisGetTimeOffRequestRequest { x_account_id id raw proxy fields expand prefer }
    page hris::HrisListShiftsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetShiftRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListTimeOffTypesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetTimeOffTypeRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListTimeOffPoliciesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetTimeOffPolicyRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListEmployeeTimeOffPoliciesRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    page hris::HrisListBenefitsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisGetBenefitRequest { x_account_id id raw proxy fields prefer }
    page hris::HrisListEmployeeSkillsRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    json hris::HrisCreateEmployeeSkillRequest { x_account_id id prefer body }
    json hris::HrisGetEmployeeSkillRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    page hris::HrisListEmployeeTasksRequest { x_account_id id raw proxy fields filter page page_size next updated_after expand prefer }
    json hris::HrisGetEmployeeTaskRequest { x_account_id id sub_resource_id raw proxy fields expand prefer }
    json hris::HrisUpdateEmployeeTaskRequest { x_account_id id sub_resource_id prefer body }
    page hris::HrisListTasksRequest { x_account_id raw proxy fields filter page page_size next updated_after expand prefer }
    json hris::HrisGetTaskRequest { x_account_id id raw proxy fields expand prefer }
    page iam::IamListUsersRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after expand }
    json iam::IamGetUserRequest { prefer x_account_id id raw proxy fields expand }
    json iam::IamDeleteUserRequest { prefer x_account_id id }
    json iam::IamUpdateUserRequest { prefer x_account_id id body }
    page iam::IamListRolesRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after expand }
    json iam::IamGetRoleRequest { prefer x_account_id id raw proxy fields expand }
    page iam::IamListGroupsRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after expand }
    json iam::IamGetGroupRequest { prefer x_account_id id raw proxy fields expand }
    page iam::IamListPoliciesRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after expand }
    json iam::IamGetPolicyRequest { prefer x_account_id id raw proxy fields expand }
    page lms::LmsListCoursesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json lms::LmsGetCourseRequest { x_account_id id raw proxy fields prefer }
    page lms::LmsListUserAssignmentsRequest { x_account_id id raw proxy fields filter page page_size next updated_after user_id remote_user_id prefer }
    json lms::LmsCreateUserAssignmentRequest { x_account_id id prefer body }
    json lms::LmsGetUserAssignmentRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    json lms::LmsBatchUpsertContentRequest { x_account_id prefer body }
    page lms::LmsListContentRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json lms::LmsUpsertContentRequest { x_account_id prefer body }
    json lms::LmsGetContentRequest { x_account_id id raw proxy fields prefer }
    page lms::LmsListUserCompletionsRequest { x_account_id id raw proxy fields filter page page_size next updated_after prefer }
    json lms::LmsCreateUserCompletionRequest { x_account_id id prefer body }
    json lms::LmsGetUserCompletionRequest { x_account_id id sub_resource_id raw proxy fields prefer }
    json lms::LmsDeleteUserCompletionRequest { x_account_id id sub_resource_id prefer }
    page lms::LmsListCompletionsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json lms::LmsGetCompletionRequest { x_account_id id raw proxy fields prefer }
    json lms::LmsGetCategoryRequest { x_account_id id raw proxy fields prefer }
    page lms::LmsListCategoriesRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    page lms::LmsListUsersRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    json lms::LmsGetUserRequest { x_account_id id raw proxy fields prefer }
    json lms::LmsGetSkillRequest { x_account_id id raw proxy fields prefer }
    page lms::LmsListSkillsRequest { x_account_id raw proxy fields filter page page_size next updated_after prefer }
    page lms::LmsListAssignmentsRequest { x_account_id raw proxy fields filter page page_size next updated_after user_id remote_user_id prefer }
    json lms::LmsGetAssignmentRequest { x_account_id id raw proxy fields prefer }
    page marketing::MarketingListEmailTemplatesRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json marketing::MarketingCreateEmailTemplateRequest { prefer x_account_id body }
    json marketing::MarketingGetEmailTemplateRequest { prefer x_account_id id raw proxy fields }
    json marketing::MarketingUpdateEmailTemplateRequest { prefer x_account_id id body }
    page marketing::MarketingListInAppTemplatesRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json marketing::MarketingCreateInAppTemplateRequest { prefer x_account_id body }
    json marketing::MarketingGetInAppTemplateRequest { prefer x_account_id id raw proxy fields }
    json marketing::MarketingUpdateInAppTemplateRequest { prefer x_account_id id body }
    page marketing::MarketingListSmsTemplatesRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json marketing::MarketingCreateSmsTemplateRequest { prefer x_account_id body }
    json marketing::MarketingGetSmsTemplateRequest { prefer x_account_id id raw proxy fields }
    json marketing::MarketingUpdateSmsTemplateRequest { prefer x_account_id id body }
    page marketing::MarketingListOmniChannelTemplatesRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json marketing::MarketingCreateOmniChannelTemplateRequest { prefer x_account_id body }
    json marketing::MarketingGetOmniChannelTemplateRequest { prefer x_account_id id raw proxy fields }
    json marketing::MarketingUpdateOmniChannelTemplateRequest { prefer x_account_id id body }
    page marketing::MarketingListPushTemplatesRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json marketing::MarketingCreatePushTemplateRequest { prefer x_account_id body }
    json marketing::MarketingGetPushTemplateRequest { prefer x_account_id id raw proxy fields }
    json marketing::MarketingUpdatePushTemplateRequest { prefer x_account_id id body }
    page marketing::MarketingListCampaignsRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json marketing::MarketingGetCampaignRequest { prefer x_account_id id raw proxy fields }
    page marketing::MarketingListContentBlocksRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json marketing::MarketingCreateContentBlockRequest { prefer x_account_id body }
    json marketing::MarketingGetContentBlockRequest { prefer x_account_id id raw proxy fields }
    json marketing::MarketingUpdateContentBlockRequest { prefer x_account_id id body }
    page messaging::MessagingListConversationsRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json messaging::MessagingCreateConversationRequest { prefer x_account_id body }
    json messaging::MessagingGetConversationRequest { prefer x_account_id id raw proxy fields }
    download messaging::MessagingDownloadMessagingAttachmentRequest { x_account_id id sub_resource_id format export_format }
    page messaging::MessagingListAttachmentsRequest { prefer x_account_id id raw proxy fields filter page page_size next updated_after }
    json messaging::MessagingGetAttachmentRequest { prefer x_account_id id sub_resource_id raw proxy fields }
    page messaging::MessagingListUsersRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json messaging::MessagingGetUserRequest { prefer x_account_id id raw proxy fields }
    page messaging::MessagingListConversationMessagesRequest { prefer x_account_id id raw proxy fields filter page page_size next updated_after }
    json messaging::MessagingGetMessageRequest { prefer x_account_id id raw proxy fields filter }
    json messaging::MessagingSendMessageRequest { prefer x_account_id body }
    page screening::ScreeningListScreeningPackagesRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json screening::ScreeningGetScreeningPackageRequest { prefer x_account_id id raw proxy fields }
    json screening::ScreeningWebhookScreeningResultRequest { prefer x_account_id body }
    json screening::ScreeningCreateScreeningOrderRequest { prefer x_account_id body }
    json stackone::StackoneCreateConnectSessionRequest { body }
    json stackone::StackoneAuthenticateConnectSessionRequest { body }
    json stackone::StackoneListLinkedAccountsRequest { page page_size provider origin_owner_id origin_owner_ids providers account_ids status }
    json stackone::StackoneGetAccountRequest { id }
    json stackone::StackoneDeleteAccountRequest { id }
    json stackone::StackoneUpdateAccountRequest { id body }
    json stackone::StackoneGetAccountMetaInfoRequest { id }
    page stackone::StackoneListStepLogsRequest { order_by order_direction page_size next filter }
    json stackone::StackoneGetLogRequest { id include }
    page stackone::StackoneListLogsRequest { order_by order_direction page_size next include filter }
    page stackone::StackoneListPlatformLogsRequest { order_by order_direction page_size next filter }
    json stackone::StackoneListConnectorsMetaRequest { include }
    json stackone::StackoneGetConnectorMetaRequest { provider include }
    download stackone::StackoneMcpGetRequest { x_account_id x_account_id_query accept mcp_session_id }
    download stackone::StackoneMcpPostRequest { x_account_id x_account_id_query mcp_session_id body }
    download stackone::StackoneMcpDeleteRequest { x_account_id x_account_id_query mcp_session_id }
    json stackone::StackoneProxyRequestRequest { prefer x_account_id body }
    page stackone::StackoneListActionsMetaRequest { page_size next group_by filter include search exclude }
    json stackone::StackoneRpcActionRequest { body }
    json stackone::StackoneSearchActionsRequest { body }
    json stackone::StackoneBuildActionEmbeddingsRequest { body }
    page ticketing::TicketingListTicketsRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json ticketing::TicketingCreateTicketRequest { prefer x_account_id body }
    json ticketing::TicketingGetTicketRequest { prefer x_account_id id raw proxy fields }
    json ticketing::TicketingUpdateTicketRequest { prefer x_account_id id body }
    page ticketing::TicketingListUsersRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json ticketing::TicketingGetUserRequest { prefer x_account_id id raw proxy fields }
    page ticketing::TicketingListCommentsRequest { prefer x_account_id id raw proxy fields filter page page_size next updated_after }
    json ticketing::TicketingGetCommentRequest { prefer x_account_id id sub_resource_id raw proxy fields }
    download ticketing::TicketingDownloadTicketingAttachmentRequest { x_account_id id sub_resource_id format export_format }
    page ticketing::TicketingListAttachmentsRequest { prefer x_account_id id raw proxy fields filter page page_size next updated_after }
    json ticketing::TicketingGetAttachmentRequest { prefer x_account_id id sub_resource_id raw proxy fields }
    page ticketing::TicketingListTicketTypesRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json ticketing::TicketingGetTicketTypeRequest { prefer x_account_id id raw proxy fields }
    page ticketing::TicketingListProjectsRequest { prefer x_account_id raw proxy fields filter page page_size next updated_after }
    json ticketing::TicketingGetProjectRequest { prefer x_account_id id raw proxy fields }
    page ticketing::TicketingListProjectComponentsRequest { prefer x_account_id id raw proxy fields filter page page_size next updated_after }
    json ticketing::TicketingGetProjectComponentRequest { prefer x_account_id id sub_resource_id raw proxy fields }
    page ticketing::TicketingListProjectTicketTypesRequest { prefer x_account_id id raw proxy fields filter page page_size next updated_after }
    page ticketing::TicketingListTicketStatusesRequest { prefer x_account_id id raw proxy fields filter page page_size next updated_after }
}
