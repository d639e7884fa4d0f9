//! The program `chancery`: see [`chancery::cli`].

fn main() -> std::process::ExitCode {
    chancery::cli::main()
}
