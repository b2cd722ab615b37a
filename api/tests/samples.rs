//! Documents of the API are read as the types of its description.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{json, to_string, to_value};
use stackone_api::{hris, lms, stackone::page::Page};

#[test]
fn a_page_has_its_items_and_its_cursor() {
    let text = json!({
        "next": "c2", "total": 2, "raw": [{"method": "GET", "url": "https://x", "body": {"a": 1}}],
        "data": [
            {"id": "1", "display_name": "Ada", "hire_date": "2021-01-01T00:00:00Z", "new": [], "gender": {"value": "female", "source_value": 3}},
            {"id": 2, "hire_date": "soon", "gender": null, "department": "x"},
            null,
        ],
    });
    let page: hris::EmployeesPaginated = serde_json::from_str(&text.to_string()).unwrap();
    assert_eq!(page.next_cursor(), Some("c2"));
    assert_eq!(page.unexpected.get("/data/2"), Some(&json!(null)));
    let employees = page.into_items();
    assert_eq!(employees[0].display_name.as_deref(), Some("Ada"));
    assert_eq!(employees[0].gender.as_ref().unwrap().source_value, Some(json!(3)));
    assert!(employees[0].hire_date.is_some());
    assert_eq!(employees[1].unexpected.get("/hire_date"), Some(&json!("soon")));
    assert_eq!(employees[1].unexpected.get("/id"), Some(&json!(2)));
}

#[test]
fn the_data_of_a_page_may_be_absent_or_null() {
    for text in ["{}", r#"{"data":null,"next":null}"#] {
        let page: hris::EmployeesPaginated = serde_json::from_str(text).unwrap();
        assert_eq!(page.next_cursor(), None, "{text}");
        assert!(page.into_items().is_empty(), "{text}");
    }
}

#[test]
fn a_page_of_another_shape_is_an_error() {
    let error = serde_json::from_str::<hris::EmployeesPaginated>(r#"{"data":"none"}"#).unwrap_err();
    assert!(error.to_string().contains("expected a list"), "{error}");
}

#[test]
fn a_body_has_its_required_fields_and_those_that_are_set() {
    let body = lms::LmsCreateAssignmentRequestDto::new("course-42").progress(40.0);
    assert_eq!(to_string(&body).unwrap(), r#"{"progress":40,"learning_object_external_reference":"course-42"}"#);
}

#[test]
fn a_patch_clears_a_field() {
    let body = hris::HrisUpdateEmploymentRequestDto::new().job_title("Lead").clear_end_date();
    assert_eq!(to_value(&body).unwrap(), json!({"job_title": "Lead", "end_date": null}));
}

#[test]
fn an_unknown_value_of_an_enum_is_kept() {
    let text = r#"{"value":"on_hold","source_value":"Hold"}"#;
    let status: lms::AssignmentStatusEnum = serde_json::from_str(text).unwrap();
    assert_eq!(status.value.as_ref().unwrap().as_str(), "on_hold");
    assert_eq!(to_string(&status).unwrap(), text);
}
