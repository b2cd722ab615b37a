//! What a type is on the wire: a scalar, a list or an object.

use super::{Kind, Ty, schema::Schemas};
use std::collections::HashSet;

/// The form of a value, which decides the styles that it can have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Scalar,
    List,
    Object,
}

/// The form of the values of a type.
pub(super) fn shape_of(schemas: &Schemas<'_>, ty: &Ty) -> Content {
    match schemas.target(ty) {
        Ty::List(_) => Content::List,
        Ty::Rust(name) if name.ends_with("CommaList") => Content::List,
        Ty::Object | Ty::Map(_) => Content::Object,
        named if matches!(schemas.kind(named), Some(Kind::Struct(_))) => Content::Object,
        _ => Content::Scalar,
    }
}

/// Whether the response is a page.
pub(super) fn is_page(schemas: &Schemas<'_>, ty: &Ty) -> bool {
    matches!(schemas.kind(schemas.target(ty)), Some(Kind::Struct(of)) if of.page.is_some())
}

/// Whether a list of a value needs an index for each item: a list that is the value itself, and a list of objects.
pub(super) fn needs_indices(schemas: &Schemas<'_>, ty: &Ty) -> bool {
    let is_object = |item: &Ty| shape_of(schemas, item) != Content::Scalar;
    shape_of(schemas, ty) == Content::List || find_list(schemas, ty, &is_object)
}

/// Whether a value may contain a list.
pub(super) fn has_list(schemas: &Schemas<'_>, ty: &Ty) -> bool {
    find_list(schemas, ty, &|_| true)
}

/// Whether a value may contain a list whose items have a property.
fn find_list(schemas: &Schemas<'_>, ty: &Ty, is_wanted: &dyn Fn(&Ty) -> bool) -> bool {
    let (mut open, mut seen) = (vec![ty], HashSet::new());
    while let Some(ty) = open.pop() {
        match ty {
            Ty::List(item) if is_wanted(item) => return true,
            Ty::List(value) | Ty::Map(value) => open.push(value),
            Ty::Named(index) if seen.insert(*index) => match schemas.kind(ty) {
                Some(Kind::Struct(of)) => open.extend(of.fields.iter().map(|field| &field.ty)),
                Some(Kind::OneOf(of)) => open.extend(of.variants.iter().map(|variant| &variant.ty)),
                Some(Kind::Alias { target, argument }) => open.extend(argument.iter().chain([target])),
                _ => {}
            },
            _ => {}
        }
    }
    false
}
