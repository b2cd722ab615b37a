//! `Prefer` and `Preference-Applied` (RFC 7240).

mod parse;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{collections::HashSet, fmt, slice, str::FromStr, time::Duration};

#[cfg(feature = "client")]
pub(crate) const PREFER: http::HeaderName = http::HeaderName::from_static("prefer");

/// The preferences of a request: the value of a `Prefer` header (RFC 7240).
///
/// ```
/// use stackone::{Prefer, prefer::Preference};
/// use std::time::Duration;
///
/// let prefer = Prefer::heartbeat().and(Prefer::wait(Duration::from_secs(10)));
/// assert_eq!(prefer.to_string(), "heartbeat, wait=10");
///
/// // The first preference of a name counts, as on the wire.
/// assert_eq!(prefer.and(Prefer::wait(Duration::from_secs(60))).to_string(), "heartbeat, wait=10");
///
/// let priority = Preference::new("priority")?.with_value("5")?.with_parameter("reason", "nightly run")?;
/// assert_eq!(Prefer::heartbeat().with(priority).to_string(), r#"heartbeat, priority=5; reason="nightly run""#);
///
/// let parsed: Prefer = r#"respond-async; foo="b a r""#.parse()?;
/// assert_eq!(parsed.to_string(), r#"respond-async; foo="b a r""#);
/// # Ok::<_, stackone::prefer::InvalidPrefer>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prefer {
    /// Each name occurs once, whatever its case.
    preferences: Vec<Preference>,
}

/// One preference: a name, an optional value, and parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    token: Pair,
    parameters: Vec<Pair>,
}

/// `name` or `name=value`. An empty value means the same as no value (RFC 7240, section 2).
#[derive(Debug, Clone)]
struct Pair {
    name: String,
    value: String,
}

/// The error of a text that is not a list of preferences, or of an invalid name or value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPrefer(pub(crate) &'static str);

impl Prefer {
    /// StackOne's `heartbeat`: the server sends newlines while it works on a long request.
    #[must_use]
    pub fn heartbeat() -> Self {
        Self::known("heartbeat", "")
    }

    /// `respond-async` (section 4.1): the server may answer 202 instead of finishing the work first.
    #[must_use]
    pub fn respond_async() -> Self {
        Self::known("respond-async", "")
    }

    /// `return=minimal` (section 4.2): the response needs no representation.
    #[must_use]
    pub fn return_minimal() -> Self {
        Self::known("return", "minimal")
    }

    /// `return=representation` (section 4.2): the response has the whole representation.
    #[must_use]
    pub fn return_representation() -> Self {
        Self::known("return", "representation")
    }

    /// `wait` (section 4.3): the time that the caller expects to wait, in whole seconds.
    #[must_use]
    pub fn wait(time: Duration) -> Self {
        Self::known("wait", &time.as_secs().to_string())
    }

    /// `handling=strict` (section 4.4).
    #[must_use]
    pub fn handling_strict() -> Self {
        Self::known("handling", "strict")
    }

    /// `handling=lenient` (section 4.4).
    #[must_use]
    pub fn handling_lenient() -> Self {
        Self::known("handling", "lenient")
    }

    /// A preference with any other name. [`Preference`] also has values and parameters.
    ///
    /// # Errors
    ///
    /// The name is not a token (RFC 9110, section 5.6.2).
    pub fn new(name: impl Into<String>) -> Result<Self, InvalidPrefer> {
        Preference::new(name).map(Self::from)
    }

    /// These preferences and others, in this order. A preference whose name is present is not added, because the first of a
    /// name is the one that counts (section 2).
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.extend(others.preferences);
        self
    }

    /// These preferences and one more, unless its name is present.
    #[must_use]
    pub fn with(mut self, preference: Preference) -> Self {
        self.extend([preference]);
        self
    }

    /// Whether there is a preference with this name. The case does not count.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The preference with this name. The case does not count.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Preference> {
        self.iter().find(|preference| preference.name().eq_ignore_ascii_case(name))
    }

    /// The preferences in their order.
    pub fn iter(&self) -> slice::Iter<'_, Preference> {
        self.preferences.iter()
    }

    /// Whether there is no preference.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.preferences.is_empty()
    }

    /// The preferences in every `Preference-Applied` header of a response (section 3): those that the server says it applied.
    /// Malformed preferences are left out.
    ///
    /// ```
    /// use stackone::{Prefer, http::HeaderMap};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.append("preference-applied", "Heartbeat; a=1, wait=10".parse()?);
    /// assert!(Prefer::applied(&headers).contains("heartbeat"));
    /// # Ok::<_, stackone::http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn applied(headers: &http::HeaderMap) -> Self {
        Self::from_headers(headers, &http::HeaderName::from_static("preference-applied"))
    }

    /// The valid preferences in all headers with this name.
    pub(crate) fn from_headers(headers: &http::HeaderMap, name: &http::HeaderName) -> Self {
        Self::from_values(headers.get_all(name))
    }

    /// The valid preferences in a header value.
    #[cfg(feature = "client")]
    pub(crate) fn from_value(value: &http::HeaderValue) -> Self {
        Self::from_values([value])
    }

    /// A preference has only ASCII characters, so that a lossy conversion loses none.
    fn from_values<'a>(values: impl IntoIterator<Item = &'a http::HeaderValue>) -> Self {
        let mut prefer = Self::default();
        prefer.extend(values.into_iter().flat_map(|value| parse::lenient(&String::from_utf8_lossy(value.as_bytes()))));
        prefer
    }

    /// For a name and a value that are valid.
    fn known(name: &str, value: &str) -> Self {
        let token = Pair { name: name.to_owned(), value: value.to_owned() };
        Preference { token, parameters: Vec::new() }.into()
    }

    /// Adds the preferences whose names are not present.
    fn extend(&mut self, others: impl IntoIterator<Item = Preference>) {
        let lower = |preference: &Preference| preference.name().to_ascii_lowercase();
        let mut names: HashSet<String> = self.iter().map(lower).collect();
        self.preferences.extend(others.into_iter().filter(|preference| names.insert(lower(preference))));
    }
}

impl From<Preference> for Prefer {
    fn from(preference: Preference) -> Self {
        Self { preferences: vec![preference] }
    }
}

impl<'a> IntoIterator for &'a Prefer {
    type Item = &'a Preference;
    type IntoIter = slice::Iter<'a, Preference>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Preference {
    /// A preference without a value.
    ///
    /// # Errors
    ///
    /// The name is not a token (RFC 9110, section 5.6.2).
    pub fn new(name: impl Into<String>) -> Result<Self, InvalidPrefer> {
        Ok(Self { token: Pair::new(name.into(), String::new())?, parameters: Vec::new() })
    }

    /// Sets the value of the preference. An empty value means no value.
    ///
    /// # Errors
    ///
    /// The value contains a control character, or a character that is not ASCII.
    pub fn with_value(mut self, value: impl Into<String>) -> Result<Self, InvalidPrefer> {
        self.token.value = check_value(value.into())?;
        Ok(self)
    }

    /// Adds a parameter to the preference. An empty value means no value.
    ///
    /// # Errors
    ///
    /// The name is not a token, or the value contains a control character or a character that is not ASCII.
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Result<Self, InvalidPrefer> {
        self.parameters.push(Pair::new(name.into(), value.into())?);
        Ok(self)
    }

    /// The name, as it is written.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.token.name
    }

    /// The value without quotes. It is empty if there is none.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.token.value
    }

    /// The names and values of the parameters, without quotes. A value is empty if there is none.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|pair| (pair.name.as_str(), pair.value.as_str()))
    }
}

impl Pair {
    fn new(name: String, value: String) -> Result<Self, InvalidPrefer> {
        if !parse::is_token(&name) {
            return Err(InvalidPrefer("the name of a preference is a token: letters, digits and !#$%&'*+-.^_`|~"));
        }
        Ok(Self { name, value: check_value(value)? })
    }
}

fn check_value(value: String) -> Result<String, InvalidPrefer> {
    if value.chars().all(|c| c == '\t' || matches!(c, ' '..='~')) {
        return Ok(value);
    }
    Err(InvalidPrefer("the value of a preference can only contain visible ASCII characters and spaces"))
}

/// The case of a name does not count, and the case of a value does.
impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(&other.name) && self.value == other.value
    }
}

impl Eq for Pair {}

impl FromStr for Prefer {
    type Err = InvalidPrefer;

    /// Parses a list of preferences. Empty items are skipped (RFC 9110, section 5.6.1). The first preference of a name is
    /// kept.
    fn from_str(text: &str) -> Result<Self, InvalidPrefer> {
        let mut prefer = Self::default();
        prefer.extend(parse::strict(text)?);
        Ok(prefer)
    }
}

impl TryFrom<&str> for Prefer {
    type Error = InvalidPrefer;

    fn try_from(text: &str) -> Result<Self, InvalidPrefer> {
        text.parse()
    }
}

impl fmt::Display for Prefer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, preference) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{preference}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Preference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.token)?;
        self.parameters.iter().try_for_each(|parameter| write!(f, "; {parameter}"))
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if self.value.is_empty() {
            return Ok(());
        }
        if parse::is_token(&self.value) {
            return write!(f, "={}", self.value);
        }
        f.write_str("=\"")?;
        for c in self.value.chars() {
            if matches!(c, '"' | '\\') {
                f.write_str("\\")?;
            }
            write!(f, "{c}")?;
        }
        f.write_str("\"")
    }
}

impl fmt::Display for InvalidPrefer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidPrefer {}

/// No preference is serialized as none, so that no header is sent: a `Prefer` header has at least one preference (RFC 7240,
/// section 2).
impl Serialize for Prefer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_empty() { serializer.serialize_none() } else { serializer.serialize_some(&HeaderText(self)) }
    }
}

struct HeaderText<'a>(&'a Prefer);

impl Serialize for HeaderText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Prefer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.unwrap_or_default().parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
