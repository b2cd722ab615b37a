use stackone::stackone_parameters;

#[stackone_parameters]
struct Common(#[header("x-account-id")] String);

fn main() {}
