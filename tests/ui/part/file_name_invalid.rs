use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/files")]
struct CreateFileRequest {
    #[part(file_name = "a\0b")]
    title: String,
    #[part(file_name = "")]
    empty: Option<String>,
}

fn main() {
    let _ = CreateFileRequest::builder().title("1").build().into_http_request();
}
