//! Fields with a page number, an offset or a page size. For generated code.

use super::{Position, PositionError};

/// The type of a field that holds a page number, an offset or a page size. For generated code.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a page number, an offset or a page size",
    label = "not an integer",
    note = "make the field an `Option<u32>`"
)]
pub trait Count: Copy {
    /// The value of the field. `None` if it has no room for the number.
    fn from_count(count: u64) -> Option<Self>;

    /// The number. `None` for a negative one.
    fn to_count(self) -> Option<u64>;
}

#[diagnostic::do_not_recommend]
impl<T: Copy + TryFrom<u64> + TryInto<u64>> Count for T {
    fn from_count(count: u64) -> Option<Self> {
        count.try_into().ok()
    }

    fn to_count(self) -> Option<u64> {
        self.try_into().ok()
    }
}

/// How a field of this type is read and written.
///
/// Generated code gets it by [`count`] wherever it uses the field. The errors about a type that is not an integer are then
/// all the same, and the compiler shows one.
#[derive(Debug)]
pub struct CountField<T> {
    from_count: fn(u64) -> Option<T>,
    to_count: fn(&T) -> Option<u64>,
}

/// How a field of this type is read and written.
#[must_use]
pub fn count<T: Count>() -> CountField<T> {
    CountField { from_count: T::from_count, to_count: |field| field.to_count() }
}

impl<T> CountField<T> {
    /// Sets the page number.
    ///
    /// # Errors
    ///
    /// The position has no page number, or the field has no room for it.
    pub fn seek_page(self, field: &mut Option<T>, position: &Position) -> Result<(), PositionError> {
        self.set(field, position.to_number()?)
    }

    /// Sets the offset.
    ///
    /// # Errors
    ///
    /// The position has no offset, or the field has no room for it.
    pub fn seek_offset(self, field: &mut Option<T>, position: &Position) -> Result<(), PositionError> {
        self.set(field, position.to_offset()?)
    }

    fn set(&self, field: &mut Option<T>, count: u64) -> Result<(), PositionError> {
        let value = (self.from_count)(count);
        *field =
            Some(value.ok_or_else(|| PositionError::new(format!("the type of the field has no room for {count}")))?);
        Ok(())
    }

    /// The position of the page with the number in the field.
    pub fn page_position(self, field: &Option<T>, first: u64) -> Position {
        Position::number(self.optional_full_page(field).unwrap_or(first))
    }

    /// The position of the page with the offset in the field.
    pub fn offset_position(self, field: &Option<T>) -> Position {
        Position::offset(self.optional_full_page(field).unwrap_or(0))
    }

    /// The number of items of a full page.
    pub fn full_page(self, field: &T) -> Option<u64> {
        (self.to_count)(field)
    }

    /// The number of items of a full page, if the field has it.
    pub fn optional_full_page(self, field: &Option<T>) -> Option<u64> {
        field.as_ref().and_then(self.to_count)
    }
}
