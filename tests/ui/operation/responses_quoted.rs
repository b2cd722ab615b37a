use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/jobs", responses = "200 202")]
struct StartJobRequest;

fn main() {
    let _ = StartJobRequest.into_http_request();
}
