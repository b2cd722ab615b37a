//! Operations on documents.

use serde::Deserialize;
use stackone::stackone_operation;

/// `documents_download_file`
#[stackone_operation(method = "GET", path = "/unified/documents/files/{id}/download", response = download)]
#[derive(Debug, Clone, Deserialize)]
pub struct DocumentsDownloadFileRequest {
    #[path]
    pub id: String,
    #[query]
    pub export_format: Option<String>,
    #[query]
    pub format: Option<String>,
    #[header]
    pub x_account_id: String,
    #[header(sensitive)]
    pub x_stackone_api_session_token: Option<String>,
}
