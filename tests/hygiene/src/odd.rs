//! Odd but legal declarations.

use renamed::stackone_operation;

/// A type whose name a short generated name would clash with.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct UpdateUserFields {
    /// A field.
    pub age: u8,
}

/// An operation whose body has a common name.
#[stackone_operation(method = "PATCH", path = "/users/{id}", crate = renamed)]
#[derive(Debug)]
#[non_exhaustive]
pub struct UpdateUser {
    /// The id, with code in its docs:
    ///
    /// ```
    /// let id = "]";
    /// # assert_eq!(id, "]");
    /// ```
    #[path]
    pub id: String,
    /// An `Option` in an `Option`. The outer one makes the field optional.
    #[query]
    pub twice: Option<Option<u8>>,
    /// A field of the tests.
    #[cfg(test)]
    #[query]
    pub tested: Option<u8>,
    /// The body.
    #[body]
    pub fields: UpdateUserFields,
}

/// An operation with the names of generated items.
#[stackone_operation(method = "GET", path = "/builder", crate = renamed)]
#[derive(Debug, Clone, Copy)]
pub struct Builder {
    /// A field.
    #[query]
    pub builder: u8,
    /// A field.
    #[query]
    pub build_: Option<u8>,
    /// A field.
    #[query]
    pub new: Option<u8>,
}

/// An operation with its own `metadata`.
#[stackone_operation(method = "GET", path = "/metadata", crate = renamed)]
#[derive(Debug, Clone)]
pub struct Annotated {
    /// A field.
    #[query]
    pub metadata: Option<String>,
}

impl Annotated {
    /// A function of the user, and not of the operation.
    #[must_use]
    pub fn metadata(&self) -> Option<&str> {
        self.metadata.as_deref()
    }
}

/// A function type that sends no value.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Marker<F>(#[serde(skip)] pub std::marker::PhantomData<F>);

/// `&` that is not a reference, and `&` with the lifetime of an argument.
#[stackone_operation(method = "GET", path = "/ampersands", crate = renamed)]
#[derive(Debug, Clone, Copy)]
pub struct Ampersands {
    /// An array of two.
    #[query]
    pub list: [u8; 6 & 3],
    /// An array of three.
    #[query]
    pub block: [u8; {
        let list = &[1, 2, 3];
        list.len()
    }],
    /// A function type.
    #[query]
    pub function: Marker<fn(&u8) -> &u8>,
}

/// An alias of `Option`, which is a required field.
pub type Maybe = Option<u8>;

/// `Self` in types.
#[stackone_operation(method = "GET", path = "/self", crate = self::again::exported)]
#[derive(Debug)]
pub struct Node {
    /// An array with the length of the type.
    #[query(explode = false)]
    pub list: [u8; Self::LENGTH],
    /// An alias.
    #[query]
    pub alias: Maybe,
    /// Another of the same type.
    #[query]
    pub next: Option<Box<Self>>,
}

impl Node {
    /// The length.
    pub const LENGTH: usize = 2;
}

impl serde::Serialize for Node {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.list[0])
    }
}

mod again {
    pub(super) use renamed as exported;
}

/// The associated type of a parameter.
pub trait Source {
    /// An id.
    type Id: serde::Serialize;
}

impl Source for u8 {
    type Id = u16;
}

/// Bounds on an associated type.
#[stackone_operation(method = "GET", path = "/associated/{id}", crate = renamed)]
#[derive(Debug)]
pub struct Associated<T: Source>
where
    T::Id: Clone,
{
    /// The id.
    #[path]
    pub id: T::Id,
    /// Another.
    #[query]
    pub after: Option<<T as Source>::Id>,
}

/// A value that holds what the attribute must find its way through.
#[derive(Debug, Clone, Copy)]
pub struct Held<T, const N: u8 = 0>(pub T);

impl<T, const N: u8> serde::Serialize for Held<T, N> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(N)
    }
}

/// Brackets, arrows and commas in types, and braces before those of the fields.
#[stackone_operation(method = "GET", path = "/brackets", crate = renamed)]
#[derive(Debug)]
#[allow(clippy::type_complexity)]
pub struct Brackets<F: Fn(u8) -> u8, const N: u8 = { 3 - 2 }>
where
    Held<(F, F), { 1 + 1 }>: Copy,
{
    /// A function.
    #[query]
    pub function: Held<fn(u8, Option<u8>) -> Option<u8>, { 1 + 2 }>,
    /// An option of one.
    #[query]
    pub optional: Option<Held<(F, fn() -> [u8; 2]), { N }>>,
    /// An option by its whole path.
    #[query]
    pub whole: ::core::option::Option<u8>,
    /// None.
    #[query]
    pub shift: Held<Held<Held<u8>>, 4>,
}

macro_rules! byte {
    () => {
        u8
    };
}

/// Braces that are not those of the fields, and a type that a macro gives.
#[stackone_operation(method = "GET", path = "/macro/{id}", crate = renamed)]
#[derive(Debug, Clone, Copy)]
pub struct ByMacro
where
    byte! {}: Copy,
{
    /// The id.
    #[path]
    pub id: byte!(),
}

/// What is not there has nothing wrong with it.
#[stackone_operation(method = "GET", path = "/never", crate = renamed)]
#[cfg(any())]
pub struct Never(#[path] u8);

/// A type that is going away.
#[deprecated]
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Old(u8);

/// Lints that the user allows, in generated code too.
#[stackone_operation(method = "GET", path = "/allowed/{Id}", response = Vec<u8>, crate = renamed)]
#[derive(Debug)]
#[expect(non_camel_case_types, non_snake_case, reason = "another macro wants it")]
pub struct allowed_request {
    /// A field with another case.
    #[path]
    pub Id: String,
    /// A deprecated type.
    #[allow(deprecated)]
    #[query]
    pub old: Option<Old>,
    /// Another one.
    #[allow(deprecated)]
    #[query]
    pub required: Old,
    /// The cursor.
    #[query(cursor, next_header = "x-next")]
    pub next: Option<String>,
}

/// A deprecated operation in its own field, and a field with the name of a later keyword.
#[deprecated(note = "there is another")]
#[stackone_operation(method = "GET", path = "/recursive/{async}", crate = renamed)]
#[derive(Debug)]
pub struct Recursive<T: serde::Serialize> {
    /// A keyword.
    #[path]
    pub r#async: String,
    /// A value.
    #[query]
    pub value: T,
    /// Another of the same type.
    #[query]
    pub marker: Marker<fn(Self)>,
}

mod outer {
    pub(super) mod inner {
        use renamed::stackone_operation;

        #[stackone_operation(method = "GET", path = "/visible", crate = renamed)]
        #[derive(Debug)]
        pub(in crate::odd) struct Visible {
            #[query]
            pub(in crate::odd) a: u8,
            #[query]
            pub(super) b: Option<u8>,
        }
    }
}

const PATH_LENGTH: usize = {
    #[stackone_operation(method = "GET", path = "/constant", crate = renamed)]
    struct Constant;
    let _ = Constant::builder;
    size_of::<Constant>()
};

/// Uses what only this module can see, and declares in an `impl`.
#[derive(Debug, Clone, Copy)]
pub struct Caller;

impl Caller {
    /// Builds requests.
    ///
    /// # Errors
    ///
    /// None.
    pub fn call(self) -> Result<[String; 2], renamed::Error> {
        #[stackone_operation(method = "GET", path = "/inside", crate = renamed)]
        struct Inside {
            #[query]
            length: usize,
        }
        Ok([
            Inside::builder().length(PATH_LENGTH).build().into_http_request()?.uri().to_string(),
            outer::inner::Visible::builder().a(1).b(2).build().into_http_request()?.uri().to_string(),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::{Associated, Brackets, Builder, ByMacro, Caller, Held, Node, UpdateUser, UpdateUserFields};

    #[test]
    fn odd_declarations_are_declarations() {
        let request = UpdateUser::builder().id("1").twice(2).tested(3).fields(UpdateUserFields { age: 4 }).build();
        let request = request.into_http_request().unwrap();
        assert_eq!(request.uri(), "/users/1?twice=2&tested=3");
        assert_eq!(request.body(), r#"{"age":4}"#);
        let request = Builder::builder().builder(1).build_(2).new(3).build();
        assert_eq!(request.into_http_request().unwrap().uri(), "/builder?builder=1&build_=2&new=3");
        let node = |list: [u8; 2]| Node::builder().list(list).alias(5);
        let request = node([1, 2]).next(node([3, 4]).build()).build();
        assert_eq!(request.into_http_request().unwrap().uri(), "/self?list=1,2&alias=5&next=3");
        let second: fn(u8, Option<u8>) -> Option<u8> = |_, second| second;
        let same: fn(u8) -> u8 = |same| same;
        let list: fn() -> _ = || [0, 1];
        let builder = Brackets::<fn(u8) -> u8>::builder().function(Held(second)).optional(Held((same, list)));
        let request = builder.maybe_whole(None);
        let request = request.whole(2).shift(Held(Held(Held(0)))).build();
        assert_eq!(request.into_http_request().unwrap().uri(), "/brackets?function=3&optional=1&whole=2&shift=4");
        assert_eq!(ByMacro::builder().id(1).build().into_http_request().unwrap().uri(), "/macro/1");
        let request = Associated::<u8>::builder().id(1_u16).after(2_u8).build();
        assert_eq!(request.into_http_request().unwrap().uri(), "/associated/1?after=2");
        assert_eq!(Caller.call().unwrap(), ["/inside?length=0", "/visible?a=1&b=2"]);
    }
}
