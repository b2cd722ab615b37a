//! What the types are used for: a type that is only received differs from one that is sent.

use super::{Api, Kind, Response, Ty};
use std::collections::HashSet;

/// What a type is used for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    /// A response has it.
    pub(crate) received: bool,
    /// A request has it.
    pub(crate) sent: bool,
    /// The body of a PATCH has it.
    pub(crate) patched: bool,
}

/// The types that a type contains directly, and whether each is behind a list or a map.
fn parts(kind: &Kind) -> Vec<(usize, bool)> {
    fn walk(ty: &Ty, indirect: bool, found: &mut Vec<(usize, bool)>) {
        match ty {
            Ty::Named(index) => found.push((*index, indirect)),
            Ty::List(item) | Ty::Map(item) => walk(item, true, found),
            _ => {}
        }
    }
    let mut found = Vec::new();
    match kind {
        Kind::Struct(of) => of.fields.iter().chain(&of.further).for_each(|field| walk(&field.ty, false, &mut found)),
        Kind::OneOf(of) => of.variants.iter().for_each(|variant| walk(&variant.ty, false, &mut found)),
        Kind::ByStatus(of) => of.iter().filter_map(|of| of.ty.as_ref()).for_each(|ty| walk(ty, false, &mut found)),
        Kind::Headers(of) => of.iter().for_each(|of| walk(&of.ty, false, &mut found)),
        Kind::Alias { target, argument } => {
            walk(target, false, &mut found);
            if let Some(argument) = argument {
                walk(argument, false, &mut found);
            }
        }
        Kind::Pending | Kind::Enum(_) => {}
    }
    found
}

/// The depth of types inside of types at which rustc gives up is 128, if the crate does not set another limit.
pub(super) const DEPTH: usize = 120;

/// The index of the first type that contains types more than [`DEPTH`] levels deep. The compiler visits them in this order, each once.
pub(super) fn too_deep(api: &Api) -> Option<usize> {
    let mut seen = HashSet::new();
    let is_too_deep = |root: &usize| {
        let mut open = vec![(*root, 0)];
        while let Some((index, depth)) = open.pop() {
            if depth > DEPTH {
                return true;
            }
            if seen.insert(index) {
                open.extend(parts(&api.types[index].kind).into_iter().rev().map(|(index, _)| (index, depth + 1)));
            }
        }
        false
    };
    (0..api.types.len()).filter(|index| !api.types[*index].modules.is_empty()).find(is_too_deep)
}

/// Marks the use and the modules of each type, and boxes recursion.
pub(super) fn mark(api: &mut Api) {
    let mut roots: Vec<(Ty, Usage, String)> = Vec::new();
    for operation in &api.operations {
        let module = &operation.module;
        let sent = Usage { sent: true, ..Usage::default() };
        for parameter in &operation.parameters {
            roots.push((parameter.ty.clone(), sent, module.clone()));
        }
        if let Some(body) = &operation.body {
            roots.push((body.ty.clone(), Usage { patched: operation.method == "PATCH", ..sent }, module.clone()));
        }
        let body = match &operation.response {
            Response::Json(ty) | Response::OptionalJson(ty) | Response::ByStatus(ty) => Some(ty),
            Response::Ignored | Response::Text | Response::Download => None,
        };
        for ty in body.into_iter().chain(&operation.headers) {
            roots.push((ty.clone(), Usage { received: true, ..Usage::default() }, module.clone()));
        }
    }
    for (ty, usage, module) in roots {
        let mut open = vec![ty];
        let mut seen = HashSet::new();
        while let Some(ty) = open.pop() {
            match ty {
                Ty::List(item) | Ty::Map(item) => open.push(*item),
                Ty::Named(index) if seen.insert(index) => {
                    let of = &mut api.types[index];
                    of.usage.received |= usage.received;
                    of.usage.sent |= usage.sent;
                    of.usage.patched |= usage.patched;
                    of.modules.insert(module.clone());
                    open.extend(parts(&of.kind).into_iter().map(|(index, _)| Ty::Named(index)));
                }
                _ => {}
            }
        }
    }
    box_recursion(api);
    box_depth(api);
}

/// Drops the maps of further properties of any type from the structs that no request has. Many documents say of each response that
/// it may have more, and a field that no schema describes is skipped there.
pub(super) fn drop_unsent_maps(api: &mut Api) {
    for of in api.types.iter_mut().filter(|of| !of.usage.sent) {
        if let Kind::Struct(of) = &mut of.kind {
            of.further = of.further.take().filter(|map| map.ty != Ty::Map(Box::new(Ty::Json)));
        }
    }
}

/// Boxes the fields and variants through which a type contains itself.
fn box_recursion(api: &mut Api) {
    let direct: Vec<Vec<usize>> = api
        .types
        .iter()
        .map(|of| parts(&of.kind).into_iter().filter(|(_, indirect)| !indirect).map(|(index, _)| index).collect())
        .collect();
    let reaches = |from: usize, to: usize| {
        let (mut open, mut seen) = (vec![from], HashSet::new());
        while let Some(index) = open.pop() {
            if index == to {
                return true;
            }
            if seen.insert(index) {
                open.extend(&direct[index]);
            }
        }
        false
    };
    for (index, of) in api.types.iter_mut().enumerate() {
        let recursive = |ty: &Ty| matches!(ty, Ty::Named(target) if reaches(*target, index));
        match &mut of.kind {
            Kind::Struct(of) => of.fields.iter_mut().for_each(|field| field.boxed = recursive(&field.ty)),
            Kind::OneOf(of) => of.variants.iter_mut().for_each(|variant| variant.boxed = recursive(&variant.ty)),
            Kind::Pending | Kind::Enum(_) | Kind::ByStatus(_) | Kind::Headers(_) | Kind::Alias { .. } => {}
        }
    }
}

/// The number of types inside of types without a box. The layout of each takes two of the 128 levels of the compiler.
const UNBOXED: usize = 32;

/// Boxes a field or a variant in each long chain of types that contain each other.
fn box_depth(api: &mut Api) {
    let mut depths: Vec<Option<usize>> = vec![None; api.types.len()];
    for root in 0..api.types.len() {
        let mut open = vec![root];
        while let Some(&index) = open.last() {
            let unboxed = unboxed(&api.types[index].kind);
            // Recursion is boxed, so that each part has a depth before its whole.
            let rest: Vec<usize> = unboxed.iter().copied().filter(|part| depths[*part].is_none()).collect();
            if depths[index].is_none() && !rest.is_empty() && open.len() <= api.types.len() {
                open.extend(rest);
                continue;
            }
            open.pop();
            let is_deep = |part: &usize| depths[*part].is_some_and(|depth| depth >= UNBOXED);
            let is_boxed = |ty: &Ty| matches!(ty, Ty::Named(part) if is_deep(part));
            match &mut api.types[index].kind {
                Kind::Struct(of) => of.fields.iter_mut().for_each(|field| field.boxed |= is_boxed(&field.ty)),
                Kind::OneOf(of) => of.variants.iter_mut().for_each(|variant| variant.boxed |= is_boxed(&variant.ty)),
                _ => {}
            }
            let inner = self::unboxed(&api.types[index].kind).into_iter().filter_map(|part| depths[part]).max();
            depths[index] = Some(1 + inner.unwrap_or_default());
        }
    }
}

/// The types that a type contains without a box, a list or a map.
fn unboxed(kind: &Kind) -> Vec<usize> {
    let named = |ty: &Ty| if let Ty::Named(index) = ty { Some(*index) } else { None };
    match kind {
        Kind::Struct(of) => of.fields.iter().filter(|of| !of.boxed).filter_map(|of| named(&of.ty)).collect(),
        Kind::OneOf(of) => of.variants.iter().filter(|of| !of.boxed).filter_map(|of| named(&of.ty)).collect(),
        Kind::Alias { target, argument } => argument.iter().chain([target]).filter_map(named).collect(),
        _ => Vec::new(),
    }
}
