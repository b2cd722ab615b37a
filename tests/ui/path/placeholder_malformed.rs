use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/{/id*")]
struct SlashInside {
    #[path]
    id: String,
}

#[stackone_operation(method = "GET", path = "/id*}")]
struct StarBeforeBrace;

#[stackone_operation(method = "GET", path = "/{with space}")]
struct SpaceInside {
    #[path]
    with_space: String,
}

#[stackone_operation(method = "GET", path = "/{ leading_space}")]
struct SpaceBefore {
    #[path]
    leading_space: String,
}

#[stackone_operation(method = "GET", path = "/{trailing_space }")]
struct SpaceAfter {
    #[path]
    trailing_space: String,
}

#[stackone_operation(method = "GET", path = "/people/{~thing}")]
struct Tilde {
    #[path]
    thing: String,
}

#[stackone_operation(method = "GET", path = "/{x.}")]
struct DotAtTheEnd {
    #[path]
    x: String,
}

#[stackone_operation(method = "GET", path = "/{x..y}")]
struct TwoDots {
    #[path]
    x: String,
}

#[stackone_operation(method = "GET", path = "/{%2x}")]
struct Escape {
    #[path]
    x: String,
}

fn main() {
    let _ = SlashInside::builder().id("1").build().into_http_request();
    let _ = StarBeforeBrace::builder().build().into_http_request();
    let _ = SpaceInside::builder().with_space("1").build().into_http_request();
    let _ = Tilde::builder().thing("1").build().into_http_request();
}
