use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
enum Request {
    #[path]
    Users,
}

fn main() {
    let _ = Request::Users;
}
