pub struct Report;

stackone::responses!(pub enum JobResponse { Done(Report) = 200, Empty = 204 });

fn main() {}
