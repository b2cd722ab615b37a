use stackone::{blocking::Client, stackone_operation};

#[stackone_operation(method = "GET", path = "/files/1", response = download)]
struct DownloadRequest;

fn download(client: &Client) {
    let _ = client.send(DownloadRequest);
}

fn main() {
    let _ = download;
}
