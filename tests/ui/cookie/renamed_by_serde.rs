use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/cart")]
#[derive(serde::Serialize)]
struct GetCartRequest {
    #[serde(rename = "sessionId")]
    #[cookie]
    session: String,
}

fn main() {
    let _ = GetCartRequest::builder().session("1").build().into_http_request();
}
