use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/report", response = Report)]
struct GetReportRequest;

fn main() {
    let _ = GetReportRequest::builder().build().into_http_request();
}
