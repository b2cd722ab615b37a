#[doc(hidden)]
#[allow(dead_code, nonstandard_style, unreachable_pub, missing_debug_implementations, missing_copy_implementations)]
pub mod HrisListEmployeesRequestBuilderFields {
    pub struct x_account_id {}
    pub struct more {}
}
#[doc = "Builds a [`HrisListEmployeesRequest`]."]
#[must_use = "call `build()`"]
#[allow(deprecated, nonstandard_style, missing_copy_implementations, clippy::type_complexity)]
pub struct HrisListEmployeesRequestBuilder<
    __S = (HrisListEmployeesRequestBuilderFields::x_account_id, HrisListEmployeesRequestBuilderFields::more),
> {
    required: __S,
    optional: (
        Option<bool>,
        Option<BTreeMap<String, Value>>,
        Option<Vec<String>>,
        Option<Filter>,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<Timestamp>,
        Option<Vec<String>>,
        Option<String>,
    ),
}
#[allow(
    deprecated,
    nonstandard_style,
    private_interfaces,
    single_use_lifetimes,
    unused_qualifications,
    clippy::type_complexity
)]
impl<__S0, __S1> HrisListEmployeesRequestBuilder<(__S0, __S1)> {
    #[doc = "Header `x-account-id`."]
    #[inline(always)]
    pub fn x_account_id(
        self,
        value: impl ::stackone::__private::Into<String>,
    ) -> HrisListEmployeesRequestBuilder<(String, __S1)> {
        let value = value.into();
        HrisListEmployeesRequestBuilder { required: (value, self.required.1), optional: self.optional }
    }
    #[doc = "Query parameters, one for each key."]
    #[inline(always)]
    pub fn more(
        self,
        value: impl ::stackone::__private::Into<BTreeMap<String, String>>,
    ) -> HrisListEmployeesRequestBuilder<(__S0, BTreeMap<String, String>)> {
        let value = value.into();
        HrisListEmployeesRequestBuilder { required: (self.required.0, value), optional: self.optional }
    }
    #[doc = r" The request."]
    #[inline(always)]
    pub fn build(self) -> HrisListEmployeesRequest
    where
        __S0: ::stackone::__private::IsSet<String>,
        __S1: ::stackone::__private::IsSet<BTreeMap<String, String>>,
    {
        HrisListEmployeesRequest {
            x_account_id: self.required.0.into_value(),
            more: self.required.1.into_value(),
            raw: self.optional.0,
            proxy: self.optional.1,
            fields: self.optional.2,
            filter: self.optional.3,
            page: self.optional.4,
            page_size: self.optional.5,
            next: self.optional.6,
            since: self.optional.7,
            include: self.optional.8,
            session: self.optional.9,
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
impl<__S> HrisListEmployeesRequestBuilder<__S> {
    #[doc = "Query parameter `raw`."]
    #[inline(always)]
    pub fn raw(mut self, value: impl ::stackone::__private::Into<bool>) -> Self {
        self.optional.0 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`raw`](Self::raw), or nothing for `None`."]
    pub fn maybe_raw(mut self, value: Option<bool>) -> Self {
        self.optional.0 = value;
        self
    }
    #[doc = "Query parameter `proxy`."]
    #[inline(always)]
    pub fn proxy(mut self, value: impl ::stackone::__private::Into<BTreeMap<String, Value>>) -> Self {
        self.optional.1 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`proxy`](Self::proxy), or nothing for `None`."]
    pub fn maybe_proxy(mut self, value: Option<BTreeMap<String, Value>>) -> Self {
        self.optional.1 = value;
        self
    }
    #[doc = "Query parameter `fields`."]
    #[inline(always)]
    pub fn fields(mut self, value: impl ::stackone::__private::Into<Vec<String>>) -> Self {
        self.optional.2 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`fields`](Self::fields), or nothing for `None`."]
    pub fn maybe_fields(mut self, value: Option<Vec<String>>) -> Self {
        self.optional.2 = value;
        self
    }
    #[doc = "Query parameter `filter`."]
    #[inline(always)]
    pub fn filter(mut self, value: impl ::stackone::__private::Into<Filter>) -> Self {
        self.optional.3 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`filter`](Self::filter), or nothing for `None`."]
    pub fn maybe_filter(mut self, value: Option<Filter>) -> Self {
        self.optional.3 = value;
        self
    }
    #[doc = "Query parameter `page`."]
    #[inline(always)]
    pub fn page(mut self, value: impl ::stackone::__private::Into<String>) -> Self {
        self.optional.4 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`page`](Self::page), or nothing for `None`."]
    pub fn maybe_page(mut self, value: Option<String>) -> Self {
        self.optional.4 = value;
        self
    }
    #[doc = "Query parameter `page_size`."]
    #[inline(always)]
    pub fn page_size(mut self, value: impl ::stackone::__private::Into<String>) -> Self {
        self.optional.5 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`page_size`](Self::page_size), or nothing for `None`."]
    pub fn maybe_page_size(mut self, value: Option<String>) -> Self {
        self.optional.5 = value;
        self
    }
    #[doc = "Query parameter `next`."]
    #[inline(always)]
    pub fn next(mut self, value: impl ::stackone::__private::Into<String>) -> Self {
        self.optional.6 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`next`](Self::next), or nothing for `None`."]
    pub fn maybe_next(mut self, value: Option<String>) -> Self {
        self.optional.6 = value;
        self
    }
    #[doc = "Query parameter `updated_after`."]
    #[inline(always)]
    pub fn since(mut self, value: impl ::stackone::__private::Into<Timestamp>) -> Self {
        self.optional.7 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`since`](Self::since), or nothing for `None`."]
    pub fn maybe_since(mut self, value: Option<Timestamp>) -> Self {
        self.optional.7 = value;
        self
    }
    #[doc = "Query parameter `include`."]
    #[inline(always)]
    pub fn include(mut self, value: impl ::stackone::__private::Into<Vec<String>>) -> Self {
        self.optional.8 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`include`](Self::include), or nothing for `None`."]
    pub fn maybe_include(mut self, value: Option<Vec<String>>) -> Self {
        self.optional.8 = value;
        self
    }
    #[doc = "Header `session`."]
    #[inline(always)]
    pub fn session(mut self, value: impl ::stackone::__private::Into<String>) -> Self {
        self.optional.9 = ::stackone::__private::Some(value.into());
        self
    }
    #[doc = "[`session`](Self::session), or nothing for `None`."]
    pub fn maybe_session(mut self, value: Option<String>) -> Self {
        self.optional.9 = value;
        self
    }
}
#[allow(deprecated, clippy::missing_const_for_fn, clippy::missing_errors_doc)]
impl HrisListEmployeesRequest {
    #[doc = r" A builder with nothing set."]
    #[inline(always)]
    pub fn builder() -> HrisListEmployeesRequestBuilder {
        HrisListEmployeesRequestBuilder {
            required: (
                HrisListEmployeesRequestBuilderFields::x_account_id {},
                HrisListEmployeesRequestBuilderFields::more {},
            ),
            optional: (
                ::stackone::__private::None,
                ::stackone::__private::None,
                ::stackone::__private::None,
                ::stackone::__private::None,
                ::stackone::__private::None,
                ::stackone::__private::None,
                ::stackone::__private::None,
                ::stackone::__private::None,
                ::stackone::__private::None,
                ::stackone::__private::None,
            ),
        }
    }
    #[doc = "The request as HTTP: a relative URI, the headers and the whole body.\n\n# Errors\n\nA value that cannot be sent as it is; the error names the field."]
    pub fn into_http_request(self) -> ::stackone::__private::Result {
        ::stackone::Operation::to_http_request(&self)
    }
}
#[automatically_derived]
impl<__S> ::stackone::__private::Debug for HrisListEmployeesRequestBuilder<__S> {
    fn fmt(&self, f: &mut ::stackone::__private::Formatter<'_>) -> ::stackone::__private::fmt::Result {
        ::stackone::__private::debug("HrisListEmployeesRequestBuilder", f)
    }
}
#[automatically_derived]
#[allow(deprecated, unused_qualifications)]
impl ::stackone::Operation for HrisListEmployeesRequest {
    type Response = ::stackone::format::Json<Employees>;
    fn metadata() -> &'static ::stackone::__private::Metadata {
        static DECLARED: ::stackone::__private::Declared = ::stackone::__private::Declared::new(
            "hris_list_employees GET /unified/hris/employees json\nx_account_id header x-account-id\nraw query,optional raw\nproxy query,deepObject,optional proxy\nfields query,joined,optional fields\nfilter query,deepObject,optional filter\npage query,optional page\npage_size query,optional page_size\nnext query,optional next\nsince query,optional updated_after\ninclude query,pipeDelimited,optional include\nmore query,flatten more\nsession header,sensitive,optional session",
        );
        DECLARED.metadata()
    }
    #[inline(never)]
    fn to_http_request(&self) -> ::stackone::__private::Result {
        ::stackone::__private::build(
            Self::metadata(),
            &[
                &self.x_account_id,
                &self.raw,
                ::stackone::__private::optional_value::<BTreeMap<String, Value>>(&self.proxy),
                ::stackone::__private::optional_value::<Vec<String>>(&self.fields),
                ::stackone::__private::optional_value::<Filter>(&self.filter),
                &self.page,
                &self.page_size,
                &self.next,
                ::stackone::__private::optional_value::<Timestamp>(&self.since),
                ::stackone::__private::optional_value::<Vec<String>>(&self.include),
                ::stackone::__private::value::<BTreeMap<String, String>>(&self.more),
                &self.session,
            ],
            ::stackone::__private::Payload::None,
        )
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::stackone::Paginated for HrisListEmployeesRequest {
    fn set_cursor(&mut self, cursor: ::stackone::__private::String) {
        self.next = ::stackone::__private::Some(::stackone::__private::cursor::<String>(cursor));
    }
}
