//! `Prefer` and `Preference-Applied` (RFC 7240).

mod parse;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr, time::Duration};

/// Preferences of a caller: the value of a `Prefer` header (RFC 7240).
///
/// ```
/// use stackone::Prefer;
/// use std::time::Duration;
///
/// let prefer = Prefer::heartbeat().and(Prefer::wait(Duration::from_secs(10)));
/// assert_eq!(prefer.to_string(), "heartbeat, wait=10");
///
/// // What stands first counts, as on the wire.
/// assert_eq!(prefer.and(Prefer::wait(Duration::from_secs(60))).to_string(), "heartbeat, wait=10");
///
/// let parsed: Prefer = r#"respond-async; foo="b a r""#.parse()?;
/// assert_eq!(parsed.to_string(), r#"respond-async; foo="b a r""#);
/// # Ok::<_, stackone::prefer::InvalidPrefer>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Prefer {
    preferences: Vec<Preference>,
    /// Whether the last one that was given is the last one here: there may be none, or it was here already.
    open: bool,
}

/// One preference: a name, perhaps a value, perhaps parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    token: Pair,
    parameters: Vec<Pair>,
}

/// `name` or `name=value`. An empty value means the same as none (RFC 7240, section 2), so there is no such thing.
#[derive(Debug, Clone)]
struct Pair {
    name: String,
    value: String,
}

/// A text that is not a list of preferences, or a name or value that cannot be in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPrefer(pub(crate) &'static str);

impl Prefer {
    /// `StackOne`'s `heartbeat`: newlines while a long request is worked on, so that nothing on the way gives up.
    #[must_use]
    pub fn heartbeat() -> Self {
        Self::of("heartbeat", "")
    }

    /// `respond-async` (section 4.1): rather 202 than a long wait.
    #[must_use]
    pub fn respond_async() -> Self {
        Self::of("respond-async", "")
    }

    /// `return=minimal` (section 4.2): no representation in the answer.
    #[must_use]
    pub fn return_minimal() -> Self {
        Self::of("return", "minimal")
    }

    /// `return=representation` (section 4.2): the whole representation in the answer.
    #[must_use]
    pub fn return_representation() -> Self {
        Self::of("return", "representation")
    }

    /// `wait` (section 4.3): how long the caller expects to wait, in whole seconds.
    #[must_use]
    pub fn wait(time: Duration) -> Self {
        Self::of("wait", &time.as_secs().to_string())
    }

    /// `handling=strict` (section 4.4).
    #[must_use]
    pub fn handling_strict() -> Self {
        Self::of("handling", "strict")
    }

    /// `handling=lenient` (section 4.4).
    #[must_use]
    pub fn handling_lenient() -> Self {
        Self::of("handling", "lenient")
    }

    /// A preference of any other name.
    ///
    /// # Errors
    ///
    /// If the name is not a token (RFC 9110, section 5.6.2).
    pub fn new(name: impl Into<String>) -> Result<Self, InvalidPrefer> {
        let token = Pair::checked(name.into(), String::new())?;
        Ok(Self::given(vec![Preference { token, parameters: Vec::new() }]))
    }

    /// Gives the last preference a value.
    ///
    /// # Errors
    ///
    /// If the value has control characters in it, or characters that are not ASCII. If there is no preference, or the
    /// last one was not added, as one of its name was there.
    pub fn value(mut self, value: impl Into<String>) -> Result<Self, InvalidPrefer> {
        let value = check_value(value.into())?;
        self.last()?.token.value = value;
        Ok(self)
    }

    /// Gives the last preference one more parameter; an empty value is none.
    ///
    /// # Errors
    ///
    /// If the name is not a token, or the value has characters that cannot be sent. If there is no preference, or the
    /// last one was not added, as one of its name was there.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Result<Self, InvalidPrefer> {
        let pair = Pair::checked(name.into(), value.into())?;
        self.last()?.parameters.push(pair);
        Ok(self)
    }

    /// These preferences and others, in this order. One that is there already is not added again, as the first
    /// of a name is the one that counts (section 2).
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        for preference in others.preferences {
            let added = !self.contains(preference.name());
            self.open = added && others.open;
            if added {
                self.preferences.push(preference);
            }
        }
        self
    }

    /// Whether there is a preference of that name, whatever the case.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The preference of that name, whatever the case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Preference> {
        self.iter().find(|preference| preference.name().eq_ignore_ascii_case(name))
    }

    /// The preferences in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Preference> {
        self.preferences.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.preferences.is_empty()
    }

    /// What a server says it applied: every `Preference-Applied` of an answer (section 3). What cannot be read is left
    /// out.
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

    /// Every preference in the headers of that name.
    pub(crate) fn from_headers(headers: &http::HeaderMap, name: &http::HeaderName) -> Self {
        headers.get_all(name).iter().map(Self::from_value).fold(Self::default(), Self::and)
    }

    /// Every preference in a value that can be read. None has bytes beyond ASCII, so what stands for these is no matter.
    pub(crate) fn from_value(value: &http::HeaderValue) -> Self {
        Self::given(parse::lenient(&String::from_utf8_lossy(value.as_bytes())))
    }

    /// For names and values known to be right.
    fn of(name: &str, value: &str) -> Self {
        let token = Pair { name: name.to_owned(), value: value.to_owned() };
        Self::given(vec![Preference { token, parameters: Vec::new() }])
    }

    fn given(preferences: Vec<Preference>) -> Self {
        Self { open: !preferences.is_empty(), preferences }
    }

    /// The preference that a value or a parameter is meant for.
    fn last(&mut self) -> Result<&mut Preference, InvalidPrefer> {
        self.preferences.last_mut().filter(|_| self.open).ok_or(InvalidPrefer(
            "there is no preference to add this to: none was given, or the last one was there already",
        ))
    }
}

impl Preference {
    /// The name, as it was written.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.token.name
    }

    /// The value, unquoted; empty if there is none, which means the same.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.token.value
    }

    /// The parameters with their values, unquoted; empty if there is none.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|pair| (pair.name.as_str(), pair.value.as_str()))
    }
}

impl Pair {
    fn checked(name: String, value: String) -> Result<Self, InvalidPrefer> {
        if !parse::is_token(&name) {
            return Err(InvalidPrefer("a preference's name is a token: letters, digits and !#$%&'*+-.^_`|~"));
        }
        Ok(Self { name, value: check_value(value)? })
    }
}

fn check_value(value: String) -> Result<String, InvalidPrefer> {
    if value.chars().all(|c| c == '\t' || matches!(c, ' '..='~')) {
        return Ok(value);
    }
    Err(InvalidPrefer("a preference's value is visible ASCII and spaces"))
}

/// Names are the same whatever their case; values are not.
impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(&other.name) && self.value == other.value
    }
}

impl Eq for Pair {}

impl PartialEq for Prefer {
    fn eq(&self, other: &Self) -> bool {
        self.preferences == other.preferences
    }
}

impl Eq for Prefer {}

impl FromStr for Prefer {
    type Err = InvalidPrefer;

    /// Reads a list of preferences; empty items are skipped (RFC 9110, section 5.6.1), and of a repeated preference the
    /// first is kept.
    fn from_str(text: &str) -> Result<Self, InvalidPrefer> {
        let preferences = parse::strict(text)?;
        Ok(Self::default().and(Self::given(preferences)))
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

/// No preference is no value, so that no header is sent for it: that would have to hold one at least (RFC 7240, section 2).
impl Serialize for Prefer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_empty() { serializer.serialize_none() } else { serializer.serialize_some(&Text(self)) }
    }
}

struct Text<'a>(&'a Prefer);

impl Serialize for Text<'_> {
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
