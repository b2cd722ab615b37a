use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/files/{*path}")]
struct GetFileRequest {
    #[path]
    path: String,
}

fn main() {
    let _ = GetFileRequest::builder().path("1").build().into_http_request();
}
