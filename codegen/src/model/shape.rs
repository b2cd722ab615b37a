//! Objects that differ in the type of one property only.

use super::{Field, Ty};
use crate::fixups::Shape;

/// The shape of an object, and the argument for its parameter.
pub(super) fn of<'a>(shapes: &'a [Shape], fields: &[Field]) -> Option<(&'a Shape, Ty)> {
    let has = |name: &String| fields.iter().any(|field| field.wire == *name);
    let known =
        |shape: &Shape, field: &Field| shape.required.contains(&field.wire) || shape.optional.contains(&field.wire);
    let shape =
        shapes.iter().find(|shape| shape.required.iter().all(has) && fields.iter().all(|field| known(shape, field)))?;
    let argument = fields.iter().find(|field| field.wire == shape.parameter)?;
    let argument = match (&shape.cursor, &argument.ty) {
        (None, ty) => ty.clone(),
        (Some(_), Ty::List(item)) => (**item).clone(),
        (Some(_), _) => return None,
    };
    Some((shape, argument))
}

/// The fields of the generic type, made from the first object that has the shape.
pub(super) fn generic(shape: &Shape, fields: &[Field]) -> Vec<Field> {
    fields
        .iter()
        .map(|field| {
            let mut field = field.clone();
            field.required = false;
            if field.wire == shape.parameter {
                field.ty = if shape.cursor.is_some() { Ty::List(Box::new(Ty::Parameter)) } else { Ty::Parameter };
            }
            field
        })
        .collect()
}

/// Whether the object has the fields of the generic type, apart from the parameter.
pub(super) fn fits(shape: &Shape, generic: &mut Vec<Field>, fields: &[Field]) -> bool {
    for field in fields.iter().filter(|field| field.wire != shape.parameter) {
        match generic.iter().find(|known| known.wire == field.wire) {
            Some(known) if known.ty != field.ty => return false,
            Some(_) => {}
            None => generic.push(Field { required: false, ..field.clone() }),
        }
    }
    true
}
