use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Option<u32>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _ = ListUsersRequest::builder().page("2".parse()?).build();
    let _ = ListUsersRequest::builder().page(2_usize.try_into()?).build();
    Ok(())
}
