use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/users")]
struct CreateRequest<T: serde::Serialize> {
    #[body]
    value: T,
}

fn main() {
    let _ = CreateRequest::<u8>::builder().build();
}
