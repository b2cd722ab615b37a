#[doc(hidden)]
#[allow(dead_code, nonstandard_style, unreachable_pub, missing_debug_implementations, missing_copy_implementations)]
pub mod GetAccountRequestBuilderFields {
    pub struct id {}
}
#[doc = "Builds a [`GetAccountRequest`]."]
#[must_use = "call `build()`"]
#[allow(deprecated, nonstandard_style, missing_copy_implementations, clippy::type_complexity)]
pub struct GetAccountRequestBuilder<__S = (GetAccountRequestBuilderFields::id,)> {
    required: __S,
    optional: (Option<String>,),
}
#[allow(
    deprecated,
    nonstandard_style,
    private_interfaces,
    single_use_lifetimes,
    unused_qualifications,
    clippy::type_complexity
)]
impl<__S0> GetAccountRequestBuilder<(__S0,)> {
    #[doc = "Path value `id`."]
    #[inline(always)]
    pub fn id(self, value: impl ::stackone::__private::Into<String>) -> GetAccountRequestBuilder<(String,)> {
        let value = value.into();
        GetAccountRequestBuilder { required: (value,), optional: self.optional }
    }
    #[doc = r" The request."]
    #[inline(always)]
    pub fn build(self) -> GetAccountRequest
    where
        __S0: ::stackone::__private::IsSet<String>,
    {
        GetAccountRequest { id: self.required.0.into_value(), prefer: self.optional.0 }
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
impl<__S> GetAccountRequestBuilder<__S> {
    #[doc = "Header `prefer`."]
    #[inline(always)]
    pub fn prefer(mut self, value: impl ::stackone::__private::Into<String>) -> Self {
        self.optional.0 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`prefer`](Self::prefer), or nothing for `None`."]
    pub fn maybe_prefer(mut self, value: Option<String>) -> Self {
        self.optional.0 = value;
        self
    }
}
#[allow(deprecated, clippy::missing_const_for_fn, clippy::missing_errors_doc)]
impl GetAccountRequest {
    #[doc = r" A builder with nothing set."]
    #[inline(always)]
    pub fn builder() -> GetAccountRequestBuilder {
        GetAccountRequestBuilder {
            required: (GetAccountRequestBuilderFields::id {},),
            optional: (::stackone::__private::None,),
        }
    }
    #[doc = "The request as HTTP: a relative URI, the headers and the whole body.\n\n# Errors\n\nA value that cannot be sent as it is; the error names the field."]
    pub fn into_http_request(self) -> ::stackone::__private::Result {
        ::stackone::Operation::to_http_request(&self)
    }
}
#[automatically_derived]
impl<__S> ::stackone::__private::Debug for GetAccountRequestBuilder<__S> {
    fn fmt(&self, f: &mut ::stackone::__private::Formatter<'_>) -> ::stackone::__private::fmt::Result {
        ::stackone::__private::debug("GetAccountRequestBuilder", f)
    }
}
#[automatically_derived]
#[allow(deprecated, unused_qualifications)]
impl ::stackone::Operation for GetAccountRequest {
    type Response = ::stackone::format::Json<Account>;
    fn metadata() -> &'static ::stackone::__private::Metadata {
        static DECLARED: ::stackone::__private::Declared = ::stackone::__private::Declared::new(
            "get_account GET /accounts/{id} json\nid path id\nprefer header,optional prefer",
        );
        DECLARED.metadata()
    }
    #[inline(never)]
    fn to_http_request(&self) -> ::stackone::__private::Result {
        ::stackone::__private::build(Self::metadata(), &[&self.id, &self.prefer], ::stackone::__private::Payload::None)
    }
}
