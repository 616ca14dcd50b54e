//! `CMake`, a C++ compiler and libclang, with which `HiGHS` is built: the solver that core's tests
//! compare the packing solver with. Found, or installed by the system's package manager.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::program;
use super::system::Packages;

const PACKAGES: Packages = Packages {
    what: "CMake, a C++ compiler and libclang",
    needed_by: "the tests of eniac-core",
    megabytes: 90,
    names: [
        &["cmake", "make", "g++", "libclang-dev"],
        &["cmake", "make", "gcc-c++", "clang-devel"],
        &["cmake", "make", "gcc", "clang"],
        &["cmake", "make", "g++", "clang-dev"],
    ],
    by_hand: "install them (Debian: cmake make g++ libclang-dev; macOS: xcode-select --install, \
              brew install cmake; Windows: CMake, Visual Studio's build tools, LLVM), and where \
              libclang is not found, name its folder in LIBCLANG_PATH",
};

/// How deep below these folders systems keep their libraries: `/usr/lib/llvm-14/lib`.
const LIBRARIES: [(&str, u8); 7] = [
    ("/usr/lib", 2),
    ("/usr/lib64", 2),
    ("/usr/local/lib", 1),
    ("/usr/local/opt/llvm/lib", 0),
    ("/opt/homebrew/opt/llvm/lib", 0),
    ("/Library/Developer/CommandLineTools/usr/lib", 0),
    ("/Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib", 0),
];

/// The path of `CMake`, if the others are there too.
pub(super) fn find() -> Option<PathBuf> {
    let cmake = program::on_path("cmake")?;
    let compilers = ["c++", "g++", "clang++"];
    // Visual Studio's compiler is on no PATH, and found by its users' build scripts.
    let compiler = cfg!(windows) || compilers.iter().any(|it| program::on_path(it).is_some());
    (compiler && has_libclang()).then_some(cmake)
}

pub(super) fn install(step: &str) -> Result<()> {
    PACKAGES.install(step)
}

fn has_libclang() -> bool {
    // Where it is named it is not sought: the folder may be of any kind.
    std::env::var_os("LIBCLANG_PATH").is_some()
        || program::on_path("libclang.dll").is_some()
        || LIBRARIES.iter().any(|&(folder, depth)| holds_libclang(Path::new(folder), depth))
}

fn holds_libclang(folder: &Path, depth: u8) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().map(|entry| entry.path()).any(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        name.is_some_and(|name| is_libclang(&name) && path.is_file())
            || (depth > 0 && path.is_dir() && holds_libclang(&path, depth - 1))
    })
}

/// Whether a file is libclang as it is installed to build with: `libclang.so`, `libclang-14.so`,
/// `libclang.dylib`. With `libclang.so.1` alone the headers may be missing that belong to it.
fn is_libclang(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("libclang") else { return false };
    let version = rest.strip_suffix(".so").or_else(|| rest.strip_suffix(".dylib"));
    version.is_some_and(|version| {
        let number = |letter: char| letter.is_ascii_digit() || letter == '.';
        version.is_empty() || version.strip_prefix('-').is_some_and(|rest| rest.chars().all(number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libclang_is_told_from_its_like() {
        for (name, expected) in [
            ("libclang.so", true),
            ("libclang-14.so", true),
            ("libclang-14.0.6.so", true),
            ("libclang.dylib", true),
            ("libclang.so.1", false),
            ("libclang-14.so.1", false),
            ("libclang-cpp.so", false),
            ("libclangAST.a", false),
            ("libclang_rt.so", false),
            ("libLLVM.so", false),
        ] {
            assert_eq!(is_libclang(name), expected, "{name}");
        }
    }
}
