use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
async fn list_users(#[query] page: u32) {
    drop(page);
}

fn main() {
    let _ = list_users(1);
}
