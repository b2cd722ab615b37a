//! Types and choices that lead to themselves, and how the types of a choice differ.

use super::{Kind, Schemas, Ty, Variant};
use std::collections::{BTreeSet, HashSet};

impl Schemas<'_> {
    /// Whether a type is another name of itself, which Rust cannot express.
    pub(super) fn is_endless(&self, index: usize) -> bool {
        fn names(ty: &Ty) -> Option<usize> {
            match ty {
                Ty::Named(index) => Some(*index),
                Ty::List(item) | Ty::Map(item) => names(item),
                _ => None,
            }
        }
        let mut at = Some(index);
        for _ in 0..=self.types.len() {
            match at.map(|at| &self.types[at].kind) {
                Some(Kind::Alias { target, argument }) => at = names(argument.as_ref().unwrap_or(target)),
                Some(Kind::Pending) => return true,
                _ => return false,
            }
        }
        true
    }

    /// The pointer of a type that the document names.
    pub(super) fn place(&self, index: usize) -> String {
        let is_own = |(_, ty): &(&String, &Ty)| **ty == Ty::Named(index);
        self.by_pointer.iter().filter(is_own).map(|(pointer, _)| pointer.clone()).min().unwrap_or_default()
    }

    /// Removes the variants through which a choice contains nothing but itself. A value would be read as this variant without end.
    pub(super) fn break_circles(&mut self) {
        for index in 0..self.types.len() {
            let Kind::OneOf(of) = &self.types[index].kind else { continue };
            let circular: Vec<bool> = of.variants.iter().map(|of| self.chooses(&of.ty, index)).collect();
            if !circular.contains(&true) {
                continue;
            }
            let name = self.types[index].name.clone();
            let place = self.place(index);
            self.warn(&place, format!("`{name}` is a choice of choices that lead to it"), "these are left out of it");
            if let Kind::OneOf(of) = &mut self.types[index].kind {
                let mut circular = circular.into_iter();
                of.variants.retain(|_| circular.next() != Some(true));
                if of.variants.is_empty() {
                    self.types[index].kind = Kind::Alias { target: Ty::Json, argument: None };
                }
            }
        }
    }

    /// Whether a choice leads to a type through other choices alone.
    fn chooses(&self, ty: &Ty, target: usize) -> bool {
        let (mut open, mut seen) = (vec![ty], HashSet::new());
        while let Some(ty) = open.pop() {
            let Ty::Named(index) = ty else { continue };
            if *index == target {
                return true;
            }
            if seen.insert(*index) {
                match &self.types[*index].kind {
                    Kind::OneOf(of) => open.extend(of.variants.iter().map(|of| &of.ty)),
                    Kind::Alias { target, argument: None } => open.push(target),
                    _ => {}
                }
            }
        }
        false
    }

    /// Finds the fields of each variant that no other variant of its choice has.
    pub(super) fn distinguish(&mut self) {
        for index in 0..self.types.len() {
            let Kind::OneOf(of) = &self.types[index].kind else { continue };
            let fields: Vec<BTreeSet<&str>> =
                of.variants.iter().map(|variant| self.fields(&variant.ty).collect()).collect();
            let only = |(at, variant): (usize, &Variant)| {
                let is_own =
                    |name: &&str| fields.iter().enumerate().all(|(other, of)| other == at || !of.contains(name));
                self.fields(&variant.ty).filter(is_own).map(str::to_owned).collect::<Vec<_>>()
            };
            let only: Vec<_> = of.variants.iter().enumerate().map(only).collect();
            if let Kind::OneOf(of) = &mut self.types[index].kind {
                of.variants.iter_mut().zip(only).for_each(|(variant, only)| variant.only = only);
            }
        }
    }

    /// The fields of a struct, also under another name.
    fn fields(&self, ty: &Ty) -> impl Iterator<Item = &str> {
        let of = match self.kind(self.target(ty)) {
            Some(Kind::Struct(of)) => Some(of),
            _ => None,
        };
        of.into_iter().flat_map(|of| of.fields.iter().map(|field| &*field.wire))
    }
}
