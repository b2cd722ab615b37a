use stackone::stackone_operation;

stackone::responses!(pub enum JobResponse { Done(String) = 200 });

#[stackone_operation(method = "POST", path = "/jobs", response = String, responses = JobResponse)]
struct StartJobRequest;

fn main() {
    let _ = StartJobRequest.into_http_request();
}
