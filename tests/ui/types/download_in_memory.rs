use stackone::{bytes::Bytes, decode_response, http::Response, stackone_operation};

#[stackone_operation(method = "GET", path = "/files/1", response = download)]
struct DownloadRequest;

fn main() {
    let _ = decode_response::<DownloadRequest>(Response::new(Bytes::new()));
}
