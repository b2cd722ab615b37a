//! A page of employees as an HR system fills it.

use std::fmt::Write as _;

/// The size of the page in bytes, at least.
const SIZE: usize = 1_500_000;

/// The text of a page of about 1.5 MB.
pub(crate) fn of_employees() -> String {
    let mut text = String::from(r#"{"next":"bmV4dCBwYWdl","data":["#);
    let mut number = 0;
    while text.len() < SIZE {
        if number > 0 {
            text.push(',');
        }
        let employee = EMPLOYEE.replace('\n', "").replace('#', &number.to_string());
        // Writing to a string cannot fail.
        let _ = write!(text, "{employee}");
        number += 1;
    }
    text + "]}"
}

const EMPLOYEE: &str = r##"{"id":"c28xIWVtcGxveWVl#","remote_id":"8187e5da-dc77-475e-9949-af0f1fa4e4e#","title":"Dr","first_name":"Issac",
"last_name":"Newton","name":"Issac Newton","display_name":"Sir Issac Newton #","avatar_url":"https://example.com/avatars/#.png",
"personal_email":"isaac.newton.#@example.com","personal_phone_number":"+1234567890","work_email":"newton.#@example.org",
"work_phone_number":"+1234567891","job_id":"R-6789#","job_title":"Software Engineer","department_id":"3093#","department":"Physics",
"manager_id":"6747#","remote_manager_id":"67480-#","gender":{"value":"male","source_value":"M"},
"preferred_language":{"value":"eng","source_value":"en_GB"},"ethnicity":{"value":"not_disclosed","source_value":"n/a"},
"date_of_birth":"1990-01-01T00:00:00.000Z","birthday":"2021-01-01T00:00:00.000Z","marital_status":{"value":"single","source_value":"S"},
"avatar":{"url":"https://example.com/avatars/#-large.png"},"hire_date":"2021-01-01T00:00:00.000Z",
"start_date":"2021-02-01T00:00:00.000Z","tenure":2.5,"employment_type":{"value":"permanent","source_value":"Perm"},
"employment_status":{"value":"active","source_value":"A"},"company_name":"Example Corp","company_id":"1234567890",
"groups":[{"id":"grp_#","remote_id":"g-#","name":"Engineering","parent_ids":["grp_1","grp_2"],"remote_parent_ids":["g-1","g-2"],
"type":{"value":"department","source_value":"Dept"}}],"cost_centers":[{"id":"cc_1","remote_id":"c-1","name":"R and D","distribution_percentage":62.5}],
"home_location":{"id":"loc_#","remote_id":"l-#","name":"Woolsthorpe Manor","phone_number":"+1234567890","street_1":"Water Lane",
"street_2":"Woolsthorpe by Colsterworth","city":"Grantham","zip_code":"NG33 5PD","country":{"value":"GB","source_value":"United Kingdom"}},
"employments":[{"id":"emp_#","remote_id":"e-#","employee_id":"c28xIWVtcGxveWVl#","job_title":"Software Engineer","pay_rate":"40.00",
"pay_currency":"USD","effective_date":"2021-01-01T00:00:00.000Z","created_at":"2021-01-01T01:01:01.000Z","updated_at":"2021-01-01T01:01:01.000Z"}],
"custom_fields":[{"id":"cf_1","remote_id":"f-1","name":"Training Completion Status","value":"Completed","value_id":"value_1","remote_value_id":"e3cb75bf"},
{"id":"cf_2","remote_id":"f-2","name":"Badge","value":"#","value_id":"value_2","remote_value_id":"e3cb75c0"}],
"employee_number":"125#","unified_custom_fields":{"my_project_custom_field_1":"REF-1236","my_project_custom_field_2":"a note \"quoted\""},
"created_at":"2021-01-01T01:01:01.000Z","updated_at":"2021-07-21T14:00:00.000Z"}"##;
