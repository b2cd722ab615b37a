use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{userId}/posts/{post_id}")]
#[derive(serde::Serialize)]
struct GetPostRequest {
    #[path]
    #[serde(default, rename = "userId")]
    user_id: String,
    #[path]
    #[serde(rename = "postId")]
    post_id: String,
}

fn main() {
    let _ = GetPostRequest::builder().user_id("1").post_id("2").build().into_http_request();
}
