use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/cart")]
struct GetCartRequest {
    #[cookie]
    sitzung_ü: String,
}

fn main() {
    let _ = GetCartRequest::builder().sitzung_ü("1").build().into_http_request();
}
