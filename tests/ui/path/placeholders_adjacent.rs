use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/files/{name}{extension}")]
struct GetFileRequest {
    #[path]
    name: String,
    #[path]
    extension: String,
}

fn main() {
    let _ = GetFileRequest::builder().name("a").extension("b").build().into_http_request();
}
