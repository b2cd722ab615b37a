use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest(#[path] String, #[cfg_attr(all(), cfg_attr(all(), query), doc = "A page.")] u8);

fn main() {}
