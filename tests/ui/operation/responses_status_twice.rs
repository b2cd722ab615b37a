stackone::responses!(pub enum JobResponse { Done(String) = 200, Again(u8) = 201 | 200 });

fn main() {}
