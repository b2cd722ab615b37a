pub struct Total(u64);

stackone::response_headers! {
    pub struct Headers {
        pub total: Total = "x-total",
    }
}

fn main() {}
