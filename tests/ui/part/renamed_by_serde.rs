use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/files")]
#[derive(serde::Serialize)]
struct CreateFileRequest {
    #[serde(rename = "fileTitle")]
    #[part]
    title: String,
}

fn main() {
    let _ = CreateFileRequest::builder().title("1").build().into_http_request();
}
