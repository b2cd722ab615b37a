use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/files")]
struct CreateFileRequest {
    #[part]
    title: stackone::bytes::Bytes,
}

fn main() {
    let _ = CreateFileRequest::builder().title("").build().into_http_request();
}
