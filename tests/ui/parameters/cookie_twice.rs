use stackone::{stackone_operation, stackone_parameters};

#[stackone_parameters]
struct Common {
    #[cookie("sid")]
    session: String,
}

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[parameters]
    common: Common,
    #[cookie]
    sid: Option<String>,
}

fn main() {}
