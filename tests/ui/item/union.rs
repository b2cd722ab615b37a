use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
union Request {
    page: u32,
}

fn main() {
    let _ = Request { page: 1 };
}
