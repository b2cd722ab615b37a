use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
enum Request {
    Users {
        #[query]
        page: u32,
    },
}

fn main() {
    let _ = Request::Users { page: 1 };
}
