use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/files", headers("content-type" = "multipart/form-data"))]
struct CreateFileRequest {
    #[part]
    title: String,
}

fn main() {
    let _ = CreateFileRequest::builder().title("1").build().into_http_request();
}
