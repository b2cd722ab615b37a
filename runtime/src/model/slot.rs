//! The fields: a value that is required, optional or a patch, and an item of a list.

use super::{
    Json,
    value::{Failed, Items, Node, Objects, Scalar, Shape, Slot, Value},
};
use crate::Patch;

macro_rules! slot {
    (
        $target:ty, $set:expr, |$slot:ident, $read:ident| $in_place:expr, |$null:ident| $on_null:expr, |$self:ident| $node:expr
        $(, $required:item)?
    ) => {
        impl<T: Value> Slot for $target {
            fn shape(&self) -> Shape {
                T::SHAPE
            }

            fn null(&mut self) -> bool {
                let $null = self;
                $on_null
            }

            fn scalar(&mut self, scalar: Scalar<'_>) -> bool {
                T::from_scalar(scalar).map(|value| *self = $set(value)).is_some()
            }

            fn json(&mut self, json: Json) -> Result<(), Json> {
                T::from_json(json).map(|value| *self = $set(value))
            }

            fn list(&mut self, items: &mut dyn Items) -> Result<(), Failed> {
                let $slot = self;
                let mut $read = |value: &mut T| value.read_list(items);
                $in_place
            }

            fn object(&mut self, entries: &mut dyn Objects) -> Result<(), Failed> {
                let $slot = self;
                let mut $read = |value: &mut T| value.read_object(entries);
                $in_place
            }

            fn node(&self) -> Node<'_> {
                let $self = self;
                $node
            }

            $($required)?
        }
    };
}

slot!(
    T,
    std::convert::identity,
    |slot, read| {
        *slot = T::empty();
        read(slot)
    },
    |_slot| false,
    |slot| Value::node(slot),
    fn is_required(&self) -> bool {
        true
    }
);
slot!(
    Option<T>,
    Some,
    |slot, read| read(slot.insert(T::empty())),
    |slot| {
        *slot = None;
        true
    },
    |slot| slot.as_ref().map_or(Node::Absent, Value::node)
);
slot!(
    Patch<T>,
    Patch::Value,
    |slot, read| {
        let mut value = T::empty();
        read(&mut value)?;
        *slot = Patch::Value(value);
        Ok(())
    },
    |slot| {
        *slot = Patch::Null;
        true
    },
    |slot| match slot {
        Patch::Absent => Node::Absent,
        Patch::Null => Node::Null,
        Patch::Value(value) => value.node(),
    }
);

/// An item of a list or an entry of a map: null is a value only if the type says so.
pub(super) struct Item<T>(pub(super) Option<T>);

slot!(
    Item<T>,
    |value| Item(Some(value)),
    |slot, read| read(slot.0.insert(T::empty())),
    |slot| {
        slot.0 = T::from_json(Json::Null).ok();
        slot.0.is_some()
    },
    |slot| slot.0.as_ref().map_or(Node::Absent, Value::node)
);

/// The content of a field of a struct with required fields, before the field is read.
pub trait Start {
    /// The content.
    fn start() -> Self;
}

impl<T: Value> Start for T {
    fn start() -> Self {
        T::empty()
    }
}

impl<T: Value> Start for Option<T> {
    fn start() -> Self {
        None
    }
}

impl<T: Value> Start for Patch<T> {
    fn start() -> Self {
        Self::Absent
    }
}
