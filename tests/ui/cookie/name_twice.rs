use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/cart")]
struct GetCartRequest {
    #[cookie("sid")]
    session: String,
    #[cookie]
    sid: Option<String>,
}

fn main() {
    let _ = GetCartRequest::builder().session("1").build().into_http_request();
}
