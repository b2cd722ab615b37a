use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/files")]
struct CreateFileRequest {
    #[body(content-type = "text/csv")]
    file: String,
}

fn main() {
    let _ = CreateFileRequest::builder().file("").build().into_http_request();
}
