//! Types that mean the same wherever they stand.

use syn::{GenericArgument, PathArguments, Type};

/// Whether the type is only names: neither `Self` nor a lifetime is in it, or could have been left out. Nearly all types of
/// fields are, and what rewrites the others passes them by: going through their tokens was a sixth of an expansion.
pub(crate) fn is_plain(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.qself.is_none()
        && path.path.segments.iter().all(|segment| match &segment.arguments {
            PathArguments::None => segment.ident != "Self",
            PathArguments::AngleBracketed(arguments) => {
                segment.ident != "Cow"
                    && arguments.args.iter().all(|argument| match argument {
                        GenericArgument::Type(ty) => is_plain(ty),
                        _ => false,
                    })
            }
            PathArguments::Parenthesized(_) => false,
        })
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn what_may_have_to_be_rewritten_is_not_plain() {
        for plain in ["String", "Option<u32>", "std::vec::Vec<Option<chrono::DateTime<Utc>>>"] {
            assert!(is_plain(&syn::parse_str(plain).unwrap()), "{plain}");
        }
        for other in [
            "Self",
            "Self::Id",
            "Option<Box<Self>>",
            "&str",
            "Vec<&'a str>",
            "Cow<str>",
            "Ref<'_, str>",
            "[u8; 2]",
            "(u8, u8)",
            "<T as Trait>::Id",
            "Box<dyn Fn(&u8)>",
            "Iter<Item = &u8>",
        ] {
            assert!(!is_plain(&syn::parse_str(other).unwrap()), "{other}");
        }
    }
}
