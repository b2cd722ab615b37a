//! A library whose fields have docs with links and examples. `tests/users.rs` builds its docs and lists its examples.

use renamed::stackone_operation;

/// Lists users.
#[stackone_operation(method = "GET", path = "/users/{group}", crate = renamed)]
#[derive(Debug)]
pub struct ListUsersRequest {
    /// The group, one of [`Self::GROUPS`], [their first](Self::first()) or [`Self`]'s own. See [`Self::page`].
    ///
    /// ```
    /// let group = "field: group";
    /// assert_eq!(group.len(), 12);
    /// ```
    #[path]
    pub group: String,
    /// The page, which a private field links to as well.
    ///
    ///     let page = "field: page";
    ///     assert_eq!(page.len(), 11);
    #[query]
    pub page: Option<u32>,
    /// The size. A private item is linked: [`Self::DEFAULT`], [`Self::hidden`].
    #[query]
    size: Option<u32>,
    /// A private field, see [`Self::size`] and [the page][page].
    ///
    /// [page]: field@Self::page
    ///
    /// ~~~
    /// assert_eq!("field: hidden".len(), 13);
    /// ~~~
    #[query]
    hidden: Option<u32>,
}

impl ListUsersRequest {
    /// The groups.
    pub const GROUPS: [&'static str; 2] = ["first", "second"];

    const DEFAULT: u32 = 25;

    /// The first group and the default size.
    #[must_use]
    pub fn first() -> (&'static str, u32) {
        (Self::GROUPS[0], Self::DEFAULT)
    }
}

fn main() {
    let _ = ListUsersRequest::builder().group(ListUsersRequest::first().0).build();
}
