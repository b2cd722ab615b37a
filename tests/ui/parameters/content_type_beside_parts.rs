use stackone::{stackone_operation, stackone_parameters};

#[stackone_parameters]
struct Common {
    #[header]
    content_type: String,
}

#[stackone_operation(method = "POST", path = "/files")]
struct CreateFileRequest {
    #[parameters]
    common: Common,
    #[part]
    title: String,
}

fn main() {}
