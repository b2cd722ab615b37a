use stackone::stackone_parameters;

#[stackone_parameters]
struct Common {
    #[cookie("sid")]
    session: String,
    #[header]
    cookie: String,
}

fn main() {}
