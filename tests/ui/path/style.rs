use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/points/{point}")]
struct GetPointRequest {
    #[path(style = "label", explode)]
    point: String,
    #[header(style = "simple", explode = "yes")]
    view: String,
    #[cookie(explode = true)]
    session: String,
}

fn main() {}
