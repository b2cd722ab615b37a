use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
type ListUsersRequest = u8;

fn main() {
    let _: ListUsersRequest = 1;
}
