//! How the text of a field was understood, said back at once in the other unit.

use crate::format::{memory, thousands, vcpus};
use eniac_core::scenario::{Cpu, Memory};

/// `512` is said as `0.5 vCPU`, `0.5` as `512 units`.
pub fn cpu(text: &str) -> String {
    if text.trim().is_empty() {
        return "containers".to_owned();
    }
    match Cpu::parse(text) {
        Ok(cpu) => {
            let units = cpu.units().0;
            let as_units = text.trim().bytes().all(|byte| byte.is_ascii_digit());
            if as_units { vcpus(units) } else { format!("{} units", thousands(units)) }
        }
        Err(_) => "?".to_owned(),
    }
}

/// `1024` is said as `1 GiB`, `1 GB` as `1,024 MiB`.
pub fn mem(text: &str) -> String {
    if text.trim().is_empty() {
        return "containers".to_owned();
    }
    match Memory::parse(text) {
        Ok(parsed) => {
            let mib = parsed.mib().0;
            let as_mib = text.trim().bytes().all(|byte| byte.is_ascii_digit());
            if as_mib { memory(mib) } else { format!("{} MiB", thousands(mib)) }
        }
        Err(_) => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_other_unit_is_said() {
        for (text, cpu, mem) in [
            ("512", "0.5 vCPU", "512 MiB"),
            ("0.5", "512 units", "512 MiB"),
            ("1024", "1 vCPU", "1 GiB"),
            ("", "containers", "containers"),
            ("x", "?", "?"),
        ] {
            assert_eq!(super::cpu(text), cpu, "{text}");
            assert_eq!(super::mem(text), mem, "{text}");
        }
        assert_eq!(super::mem("1 GB"), "1,024 MiB");
        assert_eq!(super::cpu("2 vCPU"), "2,048 units");
    }
}
