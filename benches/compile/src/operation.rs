//! The operations, without the terms of any library. Each has 1 or 2 path parameters, 2 or 3 headers and 0 to 8 query
//! parameters. Half of them have a JSON body with 8 fields.

pub(crate) struct Operation {
    pub(crate) index: usize,
    pub(crate) method: &'static str,
    /// `/unified/area_7/{id}`
    pub(crate) path: String,
    pub(crate) paths: Vec<Field>,
    pub(crate) headers: Vec<Field>,
    pub(crate) query: Vec<Field>,
    pub(crate) body: Option<Vec<Field>>,
}

pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Flag,
}

impl Field {
    fn new(name: &str, kind: Kind, required: bool) -> Self {
        Self { name: name.to_owned(), kind, required }
    }

    /// The Rust type.
    pub(crate) fn ty(&self) -> String {
        if self.required { self.kind.ty().to_owned() } else { format!("Option<{}>", self.kind.ty()) }
    }
}

impl Kind {
    pub(crate) fn ty(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Number => "u32",
            Self::Flag => "bool",
        }
    }

    /// A value for a setter that takes `impl Into` of the type.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::Text => "\"value\"",
            Self::Number => "7_u32",
            Self::Flag => "true",
        }
    }

    /// A value of the type itself.
    pub(crate) fn owned(self) -> &'static str {
        match self {
            Self::Text => "String::from(\"value\")",
            other => other.value(),
        }
    }
}

impl Operation {
    fn new(index: usize) -> Self {
        let ids = 1 + index % 2;
        let mut path = format!("/unified/area_{}/{{id}}", index % 12);
        if ids == 2 {
            path.push_str("/items/{sub_id}");
        }
        let has_body = index.is_multiple_of(2);
        let headers = [("x_account_id", true), ("prefer", false), ("x_session_token", false)];
        let query = ["page", "page_size", "raw", "fields", "expand", "include", "search", "deleted"];
        let kinds = [Kind::Text, Kind::Number, Kind::Flag, Kind::Text];
        Self {
            index,
            method: if has_body { ["POST", "PUT", "PATCH"][index / 2 % 3] } else { "GET" },
            path,
            paths: ["id", "sub_id"][..ids].iter().map(|name| Field::new(name, Kind::Text, true)).collect(),
            headers: headers[..2 + index / 2 % 2]
                .iter()
                .map(|(name, required)| Field::new(name, Kind::Text, *required))
                .collect(),
            query: query[..index / 3 % 9]
                .iter()
                .zip(kinds.iter().cycle())
                .map(|(name, kind)| Field::new(name, *kind, false))
                .collect(),
            body: has_body
                .then(|| (0..8).map(|at| Field::new(&format!("field_{at}"), kinds[at % 4], at < 2)).collect()),
        }
    }

    /// `Op017`
    pub(crate) fn name(&self) -> String {
        format!("Op{:03}", self.index)
    }

    /// `Op017Body`
    pub(crate) fn body_name(&self) -> String {
        format!("{}Body", self.name())
    }

    /// The fields of the struct, without the body.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &Field> {
        self.paths.iter().chain(&self.headers).chain(&self.query)
    }

    /// An expression for the body. It is the same for all contenders whose body is a struct.
    pub(crate) fn body_value(&self) -> Option<String> {
        let fields = self.body.as_ref()?.iter().map(|field| {
            let value = field.kind.owned();
            if field.required { format!("{}: {value}", field.name) } else { format!("{}: Some({value})", field.name) }
        });
        Some(format!("{} {{ {} }}", self.body_name(), fields.collect::<Vec<_>>().join(", ")))
    }

    /// The path template, split at its placeholders: `text, placeholder, text, ..`. The first and the last piece are text.
    pub(crate) fn path_pieces(&self) -> Vec<&str> {
        self.path.split(['{', '}']).collect()
    }
}

pub(crate) fn operations(count: usize) -> Vec<Operation> {
    (0..count).map(Operation::new).collect()
}
