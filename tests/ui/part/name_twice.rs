use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/files")]
struct CreateFileRequest {
    #[part("title")]
    title: String,
    #[part("title")]
    subtitle: Option<String>,
}

fn main() {
    let _ = CreateFileRequest::builder().title("1").build().into_http_request();
}
