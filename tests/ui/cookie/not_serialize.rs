use stackone::stackone_operation;

struct Session;

#[stackone_operation(method = "GET", path = "/cart")]
struct GetCartRequest {
    #[cookie]
    session: Session,
}

fn main() {
    let _ = GetCartRequest::builder().session(Session).build().into_http_request();
}
