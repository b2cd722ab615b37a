//! A client for the examples.

use crate::{Options, StandIn};
use stackone::{BaseUrl, Client};
use std::{env, error::Error};

/// A client, and the linked account whose data it reads and writes.
#[derive(Debug)]
pub struct Connection {
    /// The client.
    pub client: Client,
    /// The id of the linked account.
    pub account: String,
    /// The base URL and the API key, for programs that send requests without the client.
    pub server: Server,
    /// The server, which stops with this value.
    _stand_in: Option<StandIn>,
}

/// What a program without the client needs to know.
#[derive(Debug)]
pub struct Server {
    /// The base URL.
    pub base_url: BaseUrl,
    /// The API key: the user name of HTTP Basic, with an empty password.
    pub api_key: String,
}

const VARIABLES: [&str; 3] = ["STACKONE_API_KEY", "STACKONE_ACCOUNT_ID", "STACKONE_BASE_URL"];

impl Connection {
    /// Connects as the environment says: see [`Client::from_env`]. `STACKONE_ACCOUNT_ID` is required too. If none of the variables
    /// is set, starts a [`StandIn`] with default options, and connects to that.
    ///
    /// # Errors
    ///
    /// A variable is missing, empty, not UTF-8 or otherwise invalid, or the server cannot start.
    pub async fn open() -> Result<Self, Box<dyn Error>> {
        if VARIABLES.iter().any(|name| env::var_os(name).is_some()) {
            return Self::from_env();
        }
        let stand_in = StandIn::start(Options::default()).await?;
        let client = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url()).build()?;
        let server = Server { base_url: stand_in.base_url().parse()?, api_key: stand_in.api_key().to_owned() };
        Ok(Self { client, account: stand_in.account_id().to_owned(), server, _stand_in: Some(stand_in) })
    }

    fn from_env() -> Result<Self, Box<dyn Error>> {
        let [api_key, account, base_url] = VARIABLES;
        // Its errors name the variable.
        let client = Client::from_env()?;
        let variable = |name| env::var(name).map_err(|_| format!("the environment variable `{name}` is not set"));
        let base_url = variable(base_url).map_or_else(|_| Ok(BaseUrl::default()), |url| url.parse())?;
        let server = Server { base_url, api_key: variable(api_key)? };
        Ok(Self { client, account: variable(account)?, server, _stand_in: None })
    }
}
