//! From the recorded input of an operation to its request, through the builder.

use super::Input;
use stackone::{
    Error, Operation,
    bytes::Bytes,
    http::Request,
    lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest},
    operation::Metadata,
};
use stackone_tests::operations::{
    accounts::*,
    documents::*,
    hris::*,
    lms::{assignments::*, catalog::*, completions::*, content::*, users::*},
};

/// A request with the metadata of its operation.
type Built = (&'static Metadata, Result<Request<Bytes>, Error>);

fn send<O: Operation>(operation: &O) -> Built {
    (O::metadata(), operation.to_http_request())
}

/// The request of the operation `id`.
pub(crate) fn build(id: &str, input: &Input) -> Option<Built> {
    let build = match id {
        "stackone_list_linked_accounts" => stackone_list_linked_accounts,
        "documents_download_file" => documents_download_file,
        "hris_list_employees" => hris_list_employees,
        "lms_batch_upsert_content" => lms_batch_upsert_content,
        "lms_create_user_assignment" => lms_create_user_assignment,
        "lms_create_user_completion" => lms_create_user_completion,
        "lms_delete_user_completion" => lms_delete_user_completion,
        "lms_get_assignment" => lms_get_assignment,
        "lms_get_category" => lms_get_category,
        "lms_get_completion" => lms_get_completion,
        "lms_get_content" => lms_get_content,
        "lms_get_course" => lms_get_course,
        "lms_get_skill" => lms_get_skill,
        "lms_get_user" => lms_get_user,
        "lms_get_user_assignment" => lms_get_user_assignment,
        "lms_get_user_completion" => lms_get_user_completion,
        "lms_list_assignments" => lms_list_assignments,
        "lms_list_categories" => lms_list_categories,
        "lms_list_completions" => lms_list_completions,
        "lms_list_content" => lms_list_content,
        "lms_list_courses" => lms_list_courses,
        "lms_list_skills" => lms_list_skills,
        "lms_list_user_assignments" => lms_list_user_assignments,
        "lms_list_user_completions" => lms_list_user_completions,
        "lms_list_users" => lms_list_users,
        "lms_upsert_content" => lms_upsert_content,
        _ => return None,
    };
    Some(build(input))
}

fn stackone_list_linked_accounts(input: &Input) -> Built {
    send(
        &StackoneListLinkedAccountsRequest::builder()
            .maybe_account_ids(input.query("account_ids"))
            .maybe_origin_owner_id(input.query("origin_owner_id"))
            .maybe_origin_owner_ids(input.query("origin_owner_ids"))
            .maybe_page(input.query("page"))
            .maybe_page_size(input.query("page_size"))
            .maybe_provider(input.query("provider"))
            .maybe_providers(input.query("providers"))
            .maybe_status(input.query("status"))
            .build(),
    )
}

fn documents_download_file(input: &Input) -> Built {
    send(
        &DocumentsDownloadFileRequest::builder()
            .id(input.path("id"))
            .maybe_export_format(input.query("export_format"))
            .maybe_format(input.query("format"))
            .x_account_id(input.account())
            .maybe_x_stackone_api_session_token(input.header("x-stackone-api-session-token"))
            .build(),
    )
}

fn hris_list_employees(input: &Input) -> Built {
    send(
        &HrisListEmployeesRequest::builder()
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
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_batch_upsert_content(input: &Input) -> Built {
    send(
        &LmsBatchUpsertContentRequest::builder()
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .body(input.body::<BatchUpsertContent>())
            .build(),
    )
}

fn lms_create_user_assignment(input: &Input) -> Built {
    send(
        &LmsCreateUserAssignmentRequest::builder()
            .id(input.path("id"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .assignment(input.body::<LmsCreateAssignmentRequestDto>())
            .build(),
    )
}

fn lms_create_user_completion(input: &Input) -> Built {
    send(
        &LmsCreateUserCompletionRequest::builder()
            .id(input.path("id"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .body(input.body::<CreateCompletion>())
            .build(),
    )
}

fn lms_delete_user_completion(input: &Input) -> Built {
    send(
        &LmsDeleteUserCompletionRequest::builder()
            .id(input.path("id"))
            .sub_resource_id(input.path("subResourceId"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_get_assignment(input: &Input) -> Built {
    send(
        &LmsGetAssignmentRequest::builder()
            .id(input.path("id"))
            .maybe_proxy(input.query("proxy"))
            .maybe_fields(input.query("fields"))
            .maybe_raw(input.query("raw"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_get_category(input: &Input) -> Built {
    send(
        &LmsGetCategoryRequest::builder()
            .id(input.path("id"))
            .maybe_fields(input.query("fields"))
            .maybe_proxy(input.query("proxy"))
            .maybe_raw(input.query("raw"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_get_completion(input: &Input) -> Built {
    send(
        &LmsGetCompletionRequest::builder()
            .id(input.path("id"))
            .maybe_fields(input.query("fields"))
            .maybe_proxy(input.query("proxy"))
            .maybe_raw(input.query("raw"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_get_content(input: &Input) -> Built {
    send(
        &LmsGetContentRequest::builder()
            .id(input.path("id"))
            .maybe_fields(input.query("fields"))
            .maybe_proxy(input.query("proxy"))
            .maybe_raw(input.query("raw"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_get_course(input: &Input) -> Built {
    send(
        &LmsGetCourseRequest::builder()
            .id(input.path("id"))
            .maybe_fields(input.query("fields"))
            .maybe_proxy(input.query("proxy"))
            .maybe_raw(input.query("raw"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_get_skill(input: &Input) -> Built {
    send(
        &LmsGetSkillRequest::builder()
            .id(input.path("id"))
            .maybe_fields(input.query("fields"))
            .maybe_proxy(input.query("proxy"))
            .maybe_raw(input.query("raw"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_get_user(input: &Input) -> Built {
    send(
        &LmsGetUserRequest::builder()
            .id(input.path("id"))
            .maybe_fields(input.query("fields"))
            .maybe_proxy(input.query("proxy"))
            .maybe_raw(input.query("raw"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_get_user_assignment(input: &Input) -> Built {
    send(
        &LmsGetUserAssignmentRequest::builder()
            .id(input.path("id"))
            .sub_resource_id(input.path("subResourceId"))
            .maybe_proxy(input.query("proxy"))
            .maybe_fields(input.query("fields"))
            .maybe_raw(input.query("raw"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_get_user_completion(input: &Input) -> Built {
    send(
        &LmsGetUserCompletionRequest::builder()
            .id(input.path("id"))
            .sub_resource_id(input.path("subResourceId"))
            .maybe_proxy(input.query("proxy"))
            .maybe_fields(input.query("fields"))
            .maybe_raw(input.query("raw"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_list_assignments(input: &Input) -> Built {
    send(
        &LmsListAssignmentsRequest::builder()
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
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_list_categories(input: &Input) -> Built {
    send(
        &LmsListCategoriesRequest::builder()
            .maybe_proxy(input.query("proxy"))
            .maybe_fields(input.query("fields"))
            .maybe_filter(input.query("filter"))
            .maybe_next(input.query("next"))
            .maybe_page(input.query("page"))
            .maybe_page_size(input.query("page_size"))
            .maybe_raw(input.query("raw"))
            .maybe_updated_after(input.query("updated_after"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_list_completions(input: &Input) -> Built {
    send(
        &LmsListCompletionsRequest::builder()
            .maybe_filter(input.query("filter"))
            .maybe_proxy(input.query("proxy"))
            .maybe_fields(input.query("fields"))
            .maybe_next(input.query("next"))
            .maybe_page(input.query("page"))
            .maybe_page_size(input.query("page_size"))
            .maybe_raw(input.query("raw"))
            .maybe_updated_after(input.query("updated_after"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_list_content(input: &Input) -> Built {
    send(
        &LmsListContentRequest::builder()
            .maybe_filter(input.query("filter"))
            .maybe_proxy(input.query("proxy"))
            .maybe_fields(input.query("fields"))
            .maybe_next(input.query("next"))
            .maybe_page(input.query("page"))
            .maybe_page_size(input.query("page_size"))
            .maybe_raw(input.query("raw"))
            .maybe_updated_after(input.query("updated_after"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_list_courses(input: &Input) -> Built {
    send(
        &LmsListCoursesRequest::builder()
            .maybe_filter(input.query("filter"))
            .maybe_proxy(input.query("proxy"))
            .maybe_fields(input.query("fields"))
            .maybe_next(input.query("next"))
            .maybe_page(input.query("page"))
            .maybe_page_size(input.query("page_size"))
            .maybe_raw(input.query("raw"))
            .maybe_updated_after(input.query("updated_after"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_list_skills(input: &Input) -> Built {
    send(
        &LmsListSkillsRequest::builder()
            .maybe_proxy(input.query("proxy"))
            .maybe_fields(input.query("fields"))
            .maybe_filter(input.query("filter"))
            .maybe_next(input.query("next"))
            .maybe_page(input.query("page"))
            .maybe_page_size(input.query("page_size"))
            .maybe_raw(input.query("raw"))
            .maybe_updated_after(input.query("updated_after"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_list_user_assignments(input: &Input) -> Built {
    send(
        &LmsListUserAssignmentsRequest::builder()
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
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_list_user_completions(input: &Input) -> Built {
    send(
        &LmsListUserCompletionsRequest::builder()
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
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_list_users(input: &Input) -> Built {
    send(
        &LmsListUsersRequest::builder()
            .maybe_filter(input.query("filter"))
            .maybe_proxy(input.query("proxy"))
            .maybe_fields(input.query("fields"))
            .maybe_next(input.query("next"))
            .maybe_page(input.query("page"))
            .maybe_page_size(input.query("page_size"))
            .maybe_raw(input.query("raw"))
            .maybe_updated_after(input.query("updated_after"))
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .build(),
    )
}

fn lms_upsert_content(input: &Input) -> Built {
    send(
        &LmsUpsertContentRequest::builder()
            .maybe_prefer(input.header("Prefer"))
            .x_account_id(input.account())
            .body(input.body::<UpsertContent>())
            .build(),
    )
}
