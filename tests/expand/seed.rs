#[doc(hidden)]
#[allow(dead_code, nonstandard_style, unreachable_pub, missing_debug_implementations, missing_copy_implementations)]
pub mod LmsCreateUserAssignmentRequestBuilderFields {
    pub struct id {}
    pub struct x_account_id {}
    pub struct assignment {}
}
#[doc = "Builds a [`LmsCreateUserAssignmentRequest`]."]
#[must_use = "call `build()`"]
#[allow(deprecated, nonstandard_style, missing_copy_implementations, clippy::type_complexity)]
pub struct LmsCreateUserAssignmentRequestBuilder<
    __S = (
        LmsCreateUserAssignmentRequestBuilderFields::id,
        LmsCreateUserAssignmentRequestBuilderFields::x_account_id,
        LmsCreateUserAssignmentRequestBuilderFields::assignment,
    ),
> {
    required: __S,
    optional: (Option<Prefer>,),
}
#[allow(
    deprecated,
    nonstandard_style,
    private_interfaces,
    single_use_lifetimes,
    unused_qualifications,
    clippy::type_complexity
)]
impl<__S0, __S1, __S2> LmsCreateUserAssignmentRequestBuilder<(__S0, __S1, __S2)> {
    #[doc = " The user's id."]
    #[doc = "\n\nPath value `id`."]
    #[inline(always)]
    pub fn id(
        self,
        value: impl ::stackone::__private::Into<String>,
    ) -> LmsCreateUserAssignmentRequestBuilder<(String, __S1, __S2)> {
        let value = value.into();
        LmsCreateUserAssignmentRequestBuilder {
            required: (value, self.required.1, self.required.2),
            optional: self.optional,
        }
    }
    #[doc = "Header `x-account-id`."]
    #[inline(always)]
    pub fn x_account_id(
        self,
        value: impl ::stackone::__private::Into<String>,
    ) -> LmsCreateUserAssignmentRequestBuilder<(__S0, String, __S2)> {
        let value = value.into();
        LmsCreateUserAssignmentRequestBuilder {
            required: (self.required.0, value, self.required.2),
            optional: self.optional,
        }
    }
    #[doc = "The body, `application/json`."]
    #[inline(always)]
    pub fn assignment(
        self,
        value: impl ::stackone::__private::Into<LmsCreateAssignmentRequestDto>,
    ) -> LmsCreateUserAssignmentRequestBuilder<(__S0, __S1, LmsCreateAssignmentRequestDto)> {
        let value = value.into();
        LmsCreateUserAssignmentRequestBuilder {
            required: (self.required.0, self.required.1, value),
            optional: self.optional,
        }
    }
    #[doc = r" The request."]
    #[inline(always)]
    pub fn build(self) -> LmsCreateUserAssignmentRequest
    where
        __S0: ::stackone::__private::IsSet<String>,
        __S1: ::stackone::__private::IsSet<String>,
        __S2: ::stackone::__private::IsSet<LmsCreateAssignmentRequestDto>,
    {
        LmsCreateUserAssignmentRequest {
            id: self.required.0.into_value(),
            x_account_id: self.required.1.into_value(),
            assignment: self.required.2.into_value(),
            prefer: self.optional.0,
        }
    }
}
#[allow(
    deprecated,
    nonstandard_style,
    private_interfaces,
    single_use_lifetimes,
    unused_qualifications,
    clippy::type_complexity
)]
impl<__S> LmsCreateUserAssignmentRequestBuilder<__S> {
    #[doc = "Header `prefer`."]
    #[inline(always)]
    pub fn prefer(mut self, value: impl ::stackone::__private::Into<Prefer>) -> Self {
        self.optional.0 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`prefer`](Self::prefer), or nothing for `None`."]
    pub fn maybe_prefer(mut self, value: Option<Prefer>) -> Self {
        self.optional.0 = value;
        self
    }
}
#[allow(deprecated, clippy::missing_const_for_fn, clippy::missing_errors_doc)]
impl LmsCreateUserAssignmentRequest {
    #[doc = r" A builder with nothing set."]
    #[inline(always)]
    pub fn builder() -> LmsCreateUserAssignmentRequestBuilder {
        LmsCreateUserAssignmentRequestBuilder {
            required: (
                LmsCreateUserAssignmentRequestBuilderFields::id {},
                LmsCreateUserAssignmentRequestBuilderFields::x_account_id {},
                LmsCreateUserAssignmentRequestBuilderFields::assignment {},
            ),
            optional: (::stackone::__private::None,),
        }
    }
    #[doc = "The request as HTTP: a relative URI, the headers and the whole body.\n\n# Errors\n\nA value that cannot be sent as it is; the error names the field."]
    pub fn into_http_request(self) -> ::stackone::__private::Result {
        ::stackone::Operation::to_http_request(&self)
    }
}
#[automatically_derived]
impl<__S> ::stackone::__private::Debug for LmsCreateUserAssignmentRequestBuilder<__S> {
    fn fmt(&self, f: &mut ::stackone::__private::Formatter<'_>) -> ::stackone::__private::fmt::Result {
        ::stackone::__private::debug("LmsCreateUserAssignmentRequestBuilder", f)
    }
}
#[automatically_derived]
#[allow(deprecated, unused_qualifications)]
impl ::stackone::Operation for LmsCreateUserAssignmentRequest {
    type Response = ::stackone::format::Json<CreateResult>;
    fn metadata() -> &'static ::stackone::__private::Metadata {
        static DECLARED: ::stackone::__private::Declared = ::stackone::__private::Declared::new(
            "lms_create_user_assignment POST /unified/lms/users/{id}/assignments json\nid path id\nx_account_id header x-account-id\nprefer header,optional prefer\nassignment body application/json",
        );
        DECLARED.metadata()
    }
    #[inline(never)]
    fn to_http_request(&self) -> ::stackone::__private::Result {
        ::stackone::__private::build(
            Self::metadata(),
            &[&self.id, &self.x_account_id, ::stackone::__private::optional_value::<Prefer>(&self.prefer)],
            ::stackone::__private::json::<LmsCreateAssignmentRequestDto>(&self.assignment),
        )
    }
}
