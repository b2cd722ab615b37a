//! Iterators of pages and of their items.

use super::runtime::Runtime;
use crate::{
    Error, Operation, ResponseOf, client,
    decode::Decode,
    page::{Page, Paginated, Paging, Position},
};
use std::{fmt, iter::FusedIterator, sync::Arc};

pub(super) type Value<O> = <<O as Operation>::Response as Decode>::Value;

/// An iterator with the methods of the stream that it waits for.
macro_rules! iterator {
    ($(#[$docs:meta])* $name:ident -> $item:ty) => {
        $(#[$docs])*
        #[must_use = "iterators do nothing unless consumed"]
        pub struct $name<O: Operation<Response: Decode<Value: Page>>> {
            stream: client::$name<O>,
            runtime: Arc<Runtime>,
            has_ended: bool,
        }

        impl<O> $name<O>
        where
            O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
        {
            pub(super) fn new(stream: client::$name<O>, runtime: Arc<Runtime>) -> Self {
                Self { stream, runtime, has_ended: false }
            }

            /// Starts at a position that [`position`](Self::position) has returned before, instead of the position of the
            /// operation. The other fields of the operation must be the same as then.
            pub fn start_at(self, position: Position) -> Self {
                Self { stream: self.stream.start_at(position), ..self }
            }

            /// Requests each page as soon as the page before it is there, on the thread of the client. See
            /// [`Pages::prefetch`](crate::Pages::prefetch).
            pub fn prefetch(self) -> Self {
                Self { stream: self.stream.prefetch(), ..self }
            }

            /// The position from which another iterator goes on after what this one has returned. `None` after the end.
            pub fn position(&self) -> Option<Position> {
                self.stream.position()
            }
        }

        impl<O> Iterator for $name<O>
        where
            O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
        {
            type Item = Result<$item, Error>;

            fn next(&mut self) -> Option<Self::Item> {
                if self.has_ended {
                    return None;
                }
                let next = self.runtime.block_on(self.stream.try_next()).and_then(|next| next).transpose();
                self.has_ended = !matches!(next, Some(Ok(_)));
                next
            }
        }

        impl<O> FusedIterator for $name<O> where O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>> {}

        impl<O: Operation<Response: Decode<Value: Page>>> fmt::Debug for $name<O> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("operation", &O::metadata().id()).finish_non_exhaustive()
            }
        }
    };
}

iterator! {
    /// An iterator of pages. The rule that the operation declares ends it: see [`page`](crate::page). An error also ends it,
    /// after the pages before the error.
    Pages -> ResponseOf<O>
}

iterator! {
    /// An iterator of the items of all pages. An error ends it.
    Items -> <Value<O> as Page>::Item
}
