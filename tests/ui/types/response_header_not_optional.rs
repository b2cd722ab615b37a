stackone::response_headers! {
    pub struct Headers {
        pub total: u64 = "x-total",
        ..unexpected
    }
}

fn main() {}
