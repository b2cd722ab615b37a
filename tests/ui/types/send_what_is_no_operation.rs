use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest;

fn send(_: impl stackone::Operation) {}

fn main() {
    send(ListUsersRequest);
    send("users");
}
