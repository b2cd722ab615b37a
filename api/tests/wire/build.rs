//! From the recorded input of an operation to its request, through the builder.
#![allow(deprecated, reason = "recorded inputs have deprecated parameters")]

use super::Input;
use stackone_api::stackone::{Error, Operation, bytes::Bytes, http::Request, operation::Metadata};
use stackone_api::{documents, hris, lms, stackone};

/// A request with the metadata of its operation.
type Built = (&'static Metadata, Result<Request<Bytes>, Error>);

fn send<O: Operation>(operation: &O) -> Built {
    (O::metadata(), operation.to_http_request())
}

/// The request of the operation `id`.
#[expect(clippy::too_many_lines, reason = "one entry for each")]
pub(crate) fn build(id: &str, input: &Input) -> Option<Built> {
    Some(match id {
        "stackone_list_linked_accounts" => send(
            &stackone::StackoneListLinkedAccountsRequest::builder()
                .maybe_account_ids(input.query("account_ids"))
                .maybe_origin_owner_id(input.query("origin_owner_id"))
                .maybe_origin_owner_ids(input.query("origin_owner_ids"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_provider(input.query("provider"))
                .maybe_providers(input.query("providers"))
                .maybe_status(input.query("status"))
                .build(),
        ),
        "documents_download_file" => send(
            &documents::DocumentsDownloadFileRequest::builder()
                .id(input.path("id"))
                .maybe_export_format(input.query("export_format"))
                .maybe_format(input.query("format"))
                .x_account_id(input.required_header("x-account-id"))
                .maybe_x_stackone_api_session_token(input.header("x-stackone-api-session-token"))
                .build(),
        ),
        "hris_list_employees" => send(
            &hris::HrisListEmployeesRequest::builder()
                .maybe_filter(input.query("filter"))
                .maybe_proxy(input.query("proxy"))
                .maybe_expand(input.query("expand"))
                .maybe_fields(input.query("fields"))
                .maybe_include(input.query("include"))
                .maybe_next(input.query("next"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_raw(input.query("raw"))
                .maybe_updated_after(input.query("updated_after"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_batch_upsert_content" => send(
            &lms::LmsBatchUpsertContentRequest::builder()
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .body(input.body::<lms::LmsBatchUpsertContentRequestDto>())
                .build(),
        ),
        "lms_create_user_assignment" => send(
            &lms::LmsCreateUserAssignmentRequest::builder()
                .id(input.path("id"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .body(input.body::<lms::LmsCreateAssignmentRequestDto>())
                .build(),
        ),
        "lms_create_user_completion" => send(
            &lms::LmsCreateUserCompletionRequest::builder()
                .id(input.path("id"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .body(input.body::<lms::LmsCreateCompletionRequestDto>())
                .build(),
        ),
        "lms_delete_user_completion" => send(
            &lms::LmsDeleteUserCompletionRequest::builder()
                .id(input.path("id"))
                .sub_resource_id(input.path("subResourceId"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_get_assignment" => send(
            &lms::LmsGetAssignmentRequest::builder()
                .id(input.path("id"))
                .maybe_proxy(input.query("proxy"))
                .maybe_fields(input.query("fields"))
                .maybe_raw(input.query("raw"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_get_category" => send(
            &lms::LmsGetCategoryRequest::builder()
                .id(input.path("id"))
                .maybe_fields(input.query("fields"))
                .maybe_proxy(input.query("proxy"))
                .maybe_raw(input.query("raw"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_get_completion" => send(
            &lms::LmsGetCompletionRequest::builder()
                .id(input.path("id"))
                .maybe_fields(input.query("fields"))
                .maybe_proxy(input.query("proxy"))
                .maybe_raw(input.query("raw"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_get_content" => send(
            &lms::LmsGetContentRequest::builder()
                .id(input.path("id"))
                .maybe_fields(input.query("fields"))
                .maybe_proxy(input.query("proxy"))
                .maybe_raw(input.query("raw"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_get_course" => send(
            &lms::LmsGetCourseRequest::builder()
                .id(input.path("id"))
                .maybe_fields(input.query("fields"))
                .maybe_proxy(input.query("proxy"))
                .maybe_raw(input.query("raw"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_get_skill" => send(
            &lms::LmsGetSkillRequest::builder()
                .id(input.path("id"))
                .maybe_fields(input.query("fields"))
                .maybe_proxy(input.query("proxy"))
                .maybe_raw(input.query("raw"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_get_user" => send(
            &lms::LmsGetUserRequest::builder()
                .id(input.path("id"))
                .maybe_fields(input.query("fields"))
                .maybe_proxy(input.query("proxy"))
                .maybe_raw(input.query("raw"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_get_user_assignment" => send(
            &lms::LmsGetUserAssignmentRequest::builder()
                .id(input.path("id"))
                .sub_resource_id(input.path("subResourceId"))
                .maybe_proxy(input.query("proxy"))
                .maybe_fields(input.query("fields"))
                .maybe_raw(input.query("raw"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_get_user_completion" => send(
            &lms::LmsGetUserCompletionRequest::builder()
                .id(input.path("id"))
                .sub_resource_id(input.path("subResourceId"))
                .maybe_proxy(input.query("proxy"))
                .maybe_fields(input.query("fields"))
                .maybe_raw(input.query("raw"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_list_assignments" => send(
            &lms::LmsListAssignmentsRequest::builder()
                .maybe_fields(input.query("fields"))
                .maybe_filter(input.query("filter"))
                .maybe_next(input.query("next"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_proxy(input.query("proxy"))
                .maybe_raw(input.query("raw"))
                .maybe_remote_user_id(input.query("remote_user_id"))
                .maybe_updated_after(input.query("updated_after"))
                .maybe_user_id(input.query("user_id"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_list_categories" => send(
            &lms::LmsListCategoriesRequest::builder()
                .maybe_proxy(input.query("proxy"))
                .maybe_fields(input.query("fields"))
                .maybe_filter(input.query("filter"))
                .maybe_next(input.query("next"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_raw(input.query("raw"))
                .maybe_updated_after(input.query("updated_after"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_list_completions" => send(
            &lms::LmsListCompletionsRequest::builder()
                .maybe_filter(input.query("filter"))
                .maybe_proxy(input.query("proxy"))
                .maybe_fields(input.query("fields"))
                .maybe_next(input.query("next"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_raw(input.query("raw"))
                .maybe_updated_after(input.query("updated_after"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_list_content" => send(
            &lms::LmsListContentRequest::builder()
                .maybe_filter(input.query("filter"))
                .maybe_proxy(input.query("proxy"))
                .maybe_fields(input.query("fields"))
                .maybe_next(input.query("next"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_raw(input.query("raw"))
                .maybe_updated_after(input.query("updated_after"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_list_courses" => send(
            &lms::LmsListCoursesRequest::builder()
                .maybe_filter(input.query("filter"))
                .maybe_proxy(input.query("proxy"))
                .maybe_fields(input.query("fields"))
                .maybe_next(input.query("next"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_raw(input.query("raw"))
                .maybe_updated_after(input.query("updated_after"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_list_skills" => send(
            &lms::LmsListSkillsRequest::builder()
                .maybe_proxy(input.query("proxy"))
                .maybe_fields(input.query("fields"))
                .maybe_filter(input.query("filter"))
                .maybe_next(input.query("next"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_raw(input.query("raw"))
                .maybe_updated_after(input.query("updated_after"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_list_user_assignments" => send(
            &lms::LmsListUserAssignmentsRequest::builder()
                .id(input.path("id"))
                .maybe_fields(input.query("fields"))
                .maybe_filter(input.query("filter"))
                .maybe_next(input.query("next"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_proxy(input.query("proxy"))
                .maybe_raw(input.query("raw"))
                .maybe_remote_user_id(input.query("remote_user_id"))
                .maybe_updated_after(input.query("updated_after"))
                .maybe_user_id(input.query("user_id"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_list_user_completions" => send(
            &lms::LmsListUserCompletionsRequest::builder()
                .id(input.path("id"))
                .maybe_fields(input.query("fields"))
                .maybe_filter(input.query("filter"))
                .maybe_next(input.query("next"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_proxy(input.query("proxy"))
                .maybe_raw(input.query("raw"))
                .maybe_updated_after(input.query("updated_after"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_list_users" => send(
            &lms::LmsListUsersRequest::builder()
                .maybe_filter(input.query("filter"))
                .maybe_proxy(input.query("proxy"))
                .maybe_fields(input.query("fields"))
                .maybe_next(input.query("next"))
                .maybe_page(input.query("page"))
                .maybe_page_size(input.query("page_size"))
                .maybe_raw(input.query("raw"))
                .maybe_updated_after(input.query("updated_after"))
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .build(),
        ),
        "lms_upsert_content" => send(
            &lms::LmsUpsertContentRequest::builder()
                .maybe_prefer(input.header("Prefer"))
                .x_account_id(input.required_header("x-account-id"))
                .body(input.body::<lms::LmsUpsertContentRequestDto>())
                .build(),
        ),
        _ => return None,
    })
}
