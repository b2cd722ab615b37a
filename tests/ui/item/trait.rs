use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
trait Users {
    fn list(&self);
}

fn main() {}
