use stackone::{stackone_operation, stackone_parameters};

#[stackone_parameters]
struct Common {
    #[header]
    accept: String,
}

#[stackone_operation(method = "GET", path = "/users", headers("accept" = "text/csv"))]
struct ListUsersRequest {
    #[parameters]
    common: Common,
}

fn main() {}
