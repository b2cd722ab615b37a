use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/users")]
struct CreateRequest<T: Serialize> {
    #[body]
    value: T,
}

fn main() {
    let _ = CreateRequest::<u8>::builder().value(1).build().into_http_request();
}
