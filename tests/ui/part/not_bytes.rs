use stackone::stackone_operation;

struct Title;

#[stackone_operation(method = "POST", path = "/files")]
struct CreateFileRequest {
    #[part(content_type = "text/csv")]
    title: Title,
}

fn main() {
    let _ = CreateFileRequest::builder().title(Title).build().into_http_request();
}
