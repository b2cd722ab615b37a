use stackone::stackone_parameters;

#[stackone_parameters]
enum Common {
    Account {
        #[query]
        id: String,
    },
}

fn main() {
    let _ = Common::Account { id: String::new() };
}
