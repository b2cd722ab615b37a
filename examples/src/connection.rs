//! A client for the examples.

use crate::{Options, StandIn};
use stackone::Client;
use std::{env, error::Error};

/// A client, and the linked account whose data it reads and writes.
#[derive(Debug)]
pub struct Connection {
    /// The client.
    pub client: Client,
    /// The id of the linked account.
    pub account: String,
    /// The server, which stops with this value.
    _stand_in: Option<StandIn>,
}

impl Connection {
    /// Connects to <https://api.stackone.com> if `STACKONE_API_KEY` and `STACKONE_ACCOUNT_ID` are set. Otherwise starts a
    /// [`StandIn`] with default options, and connects to that.
    ///
    /// # Errors
    ///
    /// Only one of the two variables is set, or the server cannot start.
    pub async fn open() -> Result<Self, Box<dyn Error>> {
        match (env::var("STACKONE_API_KEY"), env::var("STACKONE_ACCOUNT_ID")) {
            (Ok(key), Ok(account)) => {
                Ok(Self { client: Client::builder().api_key(key).build()?, account, _stand_in: None })
            }
            (Err(_), Err(_)) => {
                let stand_in = StandIn::start(Options::default()).await?;
                let client = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url()).build()?;
                Ok(Self { client, account: stand_in.account_id().to_owned(), _stand_in: Some(stand_in) })
            }
            (Ok(_), Err(_)) => Err("STACKONE_API_KEY is set, so set STACKONE_ACCOUNT_ID too".into()),
            (Err(_), Ok(_)) => Err("STACKONE_ACCOUNT_ID is set, so set STACKONE_API_KEY too".into()),
        }
    }
}
