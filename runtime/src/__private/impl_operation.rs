//! The template that a declaration fills.

/// Generates the builder and the implementation of an operation, from the names, types and texts that the attribute found.
///
/// A template in this crate costs its users less than one in the attribute. The compiler fills it at 0.7 million
/// instructions for an operation. An attribute that emits the same code takes 2.8 million, because it runs unoptimized and
/// hands over token by token (table 2 of `benches/RESULTS.md`).
///
/// `tests/expand/` has complete inputs. This one is for
/// `pub struct Request { #[path] id: String, #[header] prefer: Option<Prefer> }`:
///
/// | input | slots |
/// | --- | --- |
/// | `#[allow(deprecated)] pub struct Request (Request)` | the lints that the user allows, the visibility, the name and the type of the struct |
/// | `() () () ()` | its generics: with defaults, as an `impl` declares them, as a type uses them, and the `where` clause |
/// | `RequestBuilder "RequestBuilder" "Builds a [`Request`].." "The HTTP request.."` | the builder: its name, the name for `Debug`, its docs, and the docs of `into_http_request` |
/// | `build self () RequestBuilderFields` | tokens of the call site: `build`, `self`, an empty list of arguments, and the module of the markers |
/// | `pub struct {}` | the tokens of a marker |
/// | `required { .. }` | the required fields, below |
/// | `optional (impl <__State> RequestBuilder<__State>) { .. }` | the optional fields, below, and the header of their `impl`; absent if there are none |
/// | `marker (PhantomData<fn() -> Request<T>>) PhantomData` | keeps generic parameters in use; absent without any |
/// | `operation (type Response = ..;)` | the response format |
/// | `"request GET /{id} ignored\nid path id\n.."` | the descriptor |
/// | `[&self.id, ..]` | the values of the parameters |
/// | `(RequestBody::None)` | the body |
/// | `shared (&[<Common as Parameters>::DESCRIPTOR])` | the descriptors of the shared parameters; absent without any |
///
/// Each required field:
///
/// | input | slots |
/// | --- | --- |
/// | `id Unset` | the field, which is the name of its marker type too, and its state before it is set |
/// | `id #[doc = ".."] "Path value `id`."` | the setter: its name, its attributes, and the last line of its docs |
/// | `__id 0, , __name 1, ()` | the states: the field's own with its index, those before, those after, and the generic arguments |
/// | `(impl ::stackone::__private::Into<) (::stackone::__private::) (String) > (>);` | the type: the start of the setter's parameter, the path of the bounds, the type, the end of a bound, the end of the parameter |
///
/// Each optional field:
///
/// | input | slots |
/// | --- | --- |
/// | `prefer 0 None` | the field, its index, and `None` |
/// | `prefer #[doc = ".."] "Header `prefer`."` | the setter, as above |
/// | `maybe_prefer "Header `prefer`, ..."` | the setter for an `Option` |
/// | `(impl ::stackone::__private::Into<) (Prefer) (>);` | the type: the start of the parameter, the type, the end of the parameter |
///
/// No lint can be allowed here: a crate may forbid it. Instead, most lints skip code of a macro of another crate, and that is
/// code whose tokens are of the template, or have the span of the attribute's call site. The markers have that span for a lint
/// about names. A deprecated item may be used without a warning where all tokens of the use are those of a derive. Hence
/// the fragments are `tt`, which unlike `ident` keep their span, and the type, `self` and `()` are inputs.
///
/// Each entry starts with a token of its own. Where one repetition starts with another, the compiler copies all that it
/// has matched.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_operation {
    (
        $(#$lint:tt)* $visibility:vis struct $request:tt ($($own:tt)*)
        ($($defaulted:tt)*) ($($parameters:tt)*) ($($arguments:tt)*) ($($where:tt)*)
        $builder:ident $name:literal $about:literal $http_request:literal $build:ident $self:tt $call:tt $markers:ident $pub:tt $struct:tt $empty:tt
        required {$(
            $required:tt $unset:ident
            $set:ident $(#$on_set:tt)* $set_doc:literal
            $state:ident $required_at:tt, $($before:ident $before_at:tt)*, $($after:ident $after_at:tt)*, ($($argument:tt)*)
            ($($open:tt)*) ($($private:tt)*) ($($type:tt)*) $close:tt ($($shut:tt)*);
        )*}
        $(optional ($($optional_setters:tt)*) {$(
            $optional:tt $optional_at:tt $none:ident
            $set_some:ident $(#$on_set_some:tt)* $set_some_doc:literal
            $maybe:ident $(#$on_maybe:tt)* $maybe_doc:literal
            ($($some_open:tt)*) ($($some:tt)*) ($($some_shut:tt)*);
        )*})?
        $(marker ($($marker:tt)*) $marked:ident)?
        operation ($($response:tt)*) $descriptor:literal [$($values:tt)*] ($($body:tt)*)
        $(shared ($($shared:tt)*))?
    ) => {
        #[doc(hidden)]
        $visibility mod $markers { $(#[non_exhaustive] $pub $struct $required $empty)* }

        #[doc = $about]
        #[must_use = "call `build()`"]
        $(#$lint)*
        $visibility struct $builder<$($defaulted)* __State = ($($crate::__private::$unset,)*)> $($where)* {
            required: __State,
            optional: (
                $($($crate::__private::Option<$($some)*>,)*)?
                $($($marker)*)?
            ),
        }

        // The setters of required fields and `build()` know the state of each required field.
        $(#$lint)*
        impl<$($parameters)* $($state),*> $builder<$($arguments)* ($($state,)*)> $($where)* {
            $(
                $(#$on_set)*
                #[doc = $set_doc]
                #[inline(always)]
                $visibility fn $set($self, value: $($open)* $($type)* $($shut)*)
                    -> $builder<$($argument)* ($($before,)* $($type)*, $($after,)*)> {
                    // Before a field is moved: the code that runs on a panic is then half as long.
                    let value = value.into();
                    $builder {
                        required: ($($self.required.$before_at,)* value, $($self.required.$after_at,)*),
                        optional: $self.optional,
                    }
                }
            )*
            #[doc = "The request. This compiles only once every required field is set, which the bounds express."]
            #[inline(always)]
            $visibility fn $build($self) -> $($own)*
            where
                $($state: $($private)* IsSet<$markers::$required, $($type)* $close,)*
            {
                $request {
                    $($required: $self.required.$required_at.into_value $call,)*
                    $($($optional: $self.optional.$optional_at,)*)?
                }
            }
        }

        // The setters of optional fields do not know the states. This saves a sixth of the check of a crate with hundreds of
        // operations.
        $(
            $($optional_setters)* {
                $(
                    $(#$on_set_some)*
                    #[doc = $set_some_doc]
                    #[inline(always)]
                    $visibility fn $set_some(
                        mut $self,
                        value: $($some_open)* $($some)* $($some_shut)*,
                    ) -> Self {
                        $self.optional.$optional_at = $crate::__private::Some(value.into());
                        $self
                    }
                    $(#$on_maybe)*
                    #[doc = $maybe_doc]
                    $visibility fn $maybe(mut $self, value: $crate::__private::Option<$($some)*>) -> Self {
                        $self.optional.$optional_at = value;
                        $self
                    }
                )*
            }
        )?

        // Without the values: a value may be a secret, and its type may have no `Debug`.
        #[automatically_derived]
        $(#$lint)*
        impl<$($parameters)* __State> $crate::__private::Debug for $builder<$($arguments)* __State> $($where)* {
            fn fmt(&$self, f: &mut $crate::__private::Formatter<'_>) -> $crate::__private::fmt::Result {
                $crate::__private::debug($name, f)
            }
        }

        $(#$lint)*
        impl<$($parameters)*> $($own)* $($where)* {
            /// A builder with no field set.
            #[inline(always)]
            $visibility fn builder() -> $builder<$($arguments)*> {
                $builder {
                    required: ($($crate::__private::$unset,)*),
                    optional: ($($($crate::__private::$none,)*)? $($crate::__private::$marked)?),
                }
            }
            #[doc = $http_request]
            $visibility fn into_http_request($self)
                -> $crate::__private::Result<$crate::http::Request<$crate::bytes::Bytes>, $crate::Error> {
                $crate::Operation::to_http_request(&$self)
            }
        }

        #[automatically_derived]
        $(#$lint)*
        impl<$($parameters)*> $crate::__private::Declaration for $($own)* $($where)* {
            $($response)*
            const DESCRIPTOR: &'static $crate::__private::str = $descriptor;
            $(const SHARED: &'static [&'static $crate::__private::str] = $($shared)*;)?
            // Not inlined into `into_http_request`, where the list of values would be compiled a second time.
            #[inline(never)]
            fn build_request(&$self, metadata: &'static $crate::__private::Metadata) -> $crate::__private::BuildResult {
                $crate::__private::build(metadata, &[$($values)*], $($body)*)
            }
        }
    };
}
