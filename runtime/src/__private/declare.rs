//! The template that a declaration fills.

/// What a declaration becomes: the builder and `impl Operation`, from the names, types and texts that the attribute read.
///
/// A template here costs those who declare operations less than one in the attribute does. The compiler fills it itself,
/// at 0.7 million instructions for an operation; an attribute makes what it gives token by token, in a macro that runs
/// unoptimized, and hands it over group by group, which was 2.8 million.
///
/// What is given can be read in `tests/expand/`. What an error may underline is among it, at the place in the user's code that
/// it belongs to: where the bound of a setter begins and ends, which is also that of `build()`, the values, the response. An
/// entry begins with a token, as the compiler copies all that it has matched where one sequence begins with another.
#[doc(hidden)]
#[macro_export]
macro_rules! __declare {
    (
        $visibility:vis struct $request:ident
        ($($defaulted:tt)*) ($($parameters:tt)*) ($($arguments:tt)*) ($($where:tt)*)
        $builder:ident $name:literal $about:literal $build:ident $self:ident $markers:ident
        required {$(
            $pub:tt $struct:tt $required:ident $fields:tt
            $set:ident $(#$on_set:tt)* $set_doc:literal
            $state:ident $required_at:tt, $($before:ident $before_at:tt)*, $($after:ident $after_at:tt)*, ($($argument:tt)*)
            $impl:ident ($($private:tt)*) ($($type:tt)*) $close:tt;
        )*}
        $(optional ($($optional_setters:tt)*) {$(
            $optional:ident $optional_at:tt $none:ident
            $set_some:ident $(#$on_set_some:tt)* $set_some_doc:literal
            $maybe:ident $(#$on_maybe:tt)* $maybe_doc:literal
            $some_impl:ident ($($some_private:tt)*) ($($some:tt)*) $some_close:tt;
        )*})?
        $(marker ($($marker:tt)*) $marked:ident)?
        operation ($($response:tt)*) $declared:literal [$($values:tt)*] ($($payload:tt)*)
    ) => {
        #[doc(hidden)]
        #[allow(dead_code, nonstandard_style, unreachable_pub, missing_debug_implementations, missing_copy_implementations)]
        $visibility mod $markers { $($pub $struct $required $fields)* }

        #[doc = $about]
        #[must_use = "call `build()`"]
        #[allow(deprecated, nonstandard_style, missing_copy_implementations, clippy::type_complexity)]
        $visibility struct $builder<$($defaulted)* __S = ($($markers::$required,)*)> $($where)* {
            required: __S,
            optional: (
                $($($crate::__private::Option<$($some)*>,)*)?
                $($($marker)*)?
            ),
        }

        // The setters of required fields and `build()`, which know the state of each field.
        #[allow(
            deprecated,
            nonstandard_style,
            private_interfaces,
            single_use_lifetimes,
            unused_qualifications,
            clippy::type_complexity
        )]
        impl<$($parameters)* $($state),*> $builder<$($arguments)* ($($state,)*)> $($where)* {
            $(
                $(#$on_set)*
                #[doc = $set_doc]
                #[inline(always)]
                $visibility fn $set($self, value: $impl $($private)* Into<$($type)* $close)
                    -> $builder<$($argument)* ($($before,)* $($type)*, $($after,)*)> {
                    // Before anything is moved: what unwinds then drops the builder whole, in half of the code.
                    let value = value.into();
                    $builder {
                        required: ($($self.required.$before_at,)* value, $($self.required.$after_at,)*),
                        optional: $self.optional,
                    }
                }
            )*
            /// The request.
            #[inline(always)]
            $visibility fn $build($self) -> $request<$($arguments)*>
            where
                $($state: $($private)* IsSet<$($type)* $close,)*
            {
                $request {
                    $($required: $self.required.$required_at.into_value(),)*
                    $($($optional: $self.optional.$optional_at,)*)?
                }
            }
        }

        // The setters of optional fields. They know no states, which spares the compiler a sixth of the work of checking
        // a crate that has hundreds of operations.
        $(
            #[allow(
                deprecated,
                nonstandard_style,
                private_interfaces,
                single_use_lifetimes,
                unused_qualifications,
                clippy::type_complexity
            )]
            impl $($optional_setters)* {
                $(
                    $(#$on_set_some)*
                    #[doc = $set_some_doc]
                    #[inline(always)]
                    $visibility fn $set_some(
                        mut $self,
                        value: $some_impl $($some_private)* Into<$($some)* $some_close,
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

        // Without values: one of them may be a secret, and not every type has it.
        #[automatically_derived]
        impl<$($parameters)* __S> $crate::__private::Debug for $builder<$($arguments)* __S> $($where)* {
            fn fmt(&$self, f: &mut $crate::__private::Formatter<'_>) -> $crate::__private::fmt::Result {
                $crate::__private::debug($name, f)
            }
        }

        #[allow(deprecated, clippy::missing_const_for_fn, clippy::missing_errors_doc)]
        impl<$($parameters)*> $request<$($arguments)*> $($where)* {
            /// A builder with nothing set.
            #[inline(always)]
            $visibility fn builder() -> $builder<$($arguments)*> {
                $builder {
                    required: ($($markers::$required {},)*),
                    optional: ($($($crate::__private::$none,)*)? $($crate::__private::$marked)?),
                }
            }
            // One string, as each line of a doc comment is an attribute for the compiler to carry.
            #[doc = "The request as HTTP: a relative URI, the headers and the whole body.\n\n# Errors\n\nA value that cannot be sent as it is; the error names the field."]
            $visibility fn into_http_request($self) -> $crate::__private::Result {
                $crate::Operation::to_http_request(&$self)
            }
        }

        #[automatically_derived]
        #[allow(deprecated, unused_qualifications)]
        impl<$($parameters)*> $crate::Operation for $request<$($arguments)*> $($where)* {
            $($response)*
            const DECLARED: &'static $crate::__private::str = $declared;
            // Inlined into `into_http_request`, the list of values would be compiled twice for each operation, for one
            // call less.
            #[inline(never)]
            fn to_http_request(&$self) -> $crate::__private::Result {
                $crate::__private::build(<Self as $crate::Operation>::metadata(), &[$($values)*], $($payload)*)
            }
        }
    };
}
