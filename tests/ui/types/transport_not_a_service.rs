use stackone::Client;

struct Router;

fn main() {
    let _ = Client::builder().build_with_router(Router);
}
