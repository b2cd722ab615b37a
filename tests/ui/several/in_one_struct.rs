use stackone::stackone_operation;

#[stackone_operation(metod = "POST", path = "users/{id}/assignments/{subResourceId}", id = "a b")]
struct LmsGetUserAssignmentRequest {
    #[path]
    id: Option<String>,
    #[path]
    sub_resource_id: String,
    #[header("x account id")]
    x_account_id: String,
    #[query(style = "deepobject")]
    filter: Option<std::collections::BTreeMap<String, String>>,
    #[query(explod = false)]
    fields: Option<Vec<String>>,
    #[body]
    one: u8,
    #[body]
    two: u8,
    nowhere: u8,
}

fn main() {
    let _ = LmsGetUserAssignmentRequest::builder()
        .id("1")
        .sub_resource_id("2")
        .x_account_id("3")
        .filter([])
        .fields([])
        .one(1)
        .two(2)
        .nowhere(3)
        .build()
        .into_http_request();
}
