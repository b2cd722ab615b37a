use stackone::stackone_operation;

#[derive(serde::Deserialize)]
pub struct Job {
    pub id: String,
}

#[stackone_operation(method = "POST", path = "/jobs", responses = Job)]
struct StartJobRequest;

fn main() {
    let _ = StartJobRequest.into_http_request();
}
