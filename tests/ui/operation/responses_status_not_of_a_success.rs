stackone::responses!(pub enum JobResponse { Done(String) = 200, Missing = 404 });

fn main() {}
