use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/files")]
struct CreateFileRequest {
    #[part]
    title: Vec<u8>,
    #[part]
    optional: Option<Vec<u8>>,
}

fn main() {
    let _ = CreateFileRequest::builder().title([1]).build().into_http_request();
}
