//! The command as a library: whatever it runs in, the same bytes, and never a panic.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

mod support;

use support::memory_host::MemoryHost;
use support::{eniac, scenario, scenarios, text};

#[test]
fn a_host_in_memory_sees_what_a_terminal_sees() {
    for file in scenarios() {
        let content = std::fs::read(&file).expect("the scenario");
        let path = file.to_str().expect("a path");
        for command in ["plan", "place", "simulate"] {
            for more in [&[][..], &["--json"][..]] {
                let arguments = [&[command, path], more].concat();
                let (code, output, errors) =
                    MemoryHost::default().file(path, content.clone()).run(&arguments);
                let native = eniac(&arguments);
                assert_eq!((Some(i32::from(code)), errors), (native.status.code(), String::new()));
                // Not compared with assert_eq: nobody reads two such texts.
                assert!(output == text(&native.stdout), "{arguments:?}");
            }
        }
    }
}

/// `(arguments, exit code, where it is said, what)`.
#[test]
fn help_and_faults_end_with_their_code_on_their_stream() {
    for (arguments, code, on_output, says) in [
        (&["--help"][..], 0, true, "Usage: eniac [OPTIONS] <COMMAND>"),
        (&["plan", "--help"], 0, true, "Usage: eniac plan"),
        (&["--version"], 0, true, "eniac 0."),
        (&[], 2, false, "Usage: eniac"),
        (&["paln"], 2, false, "similar subcommand"),
        (&["plan", "x.json", "--jsno"], 2, false, "'--json'"),
        (&["plan", "x.json"], 2, false, "eniac: x.json: there is no such file"),
    ] {
        let (got, output, errors) = MemoryHost::default().run(arguments);
        let (said, silent) = if on_output { (output, errors) } else { (errors, output) };
        assert!(said.contains(says) && said.ends_with('\n'), "{arguments:?}: {said}");
        assert_eq!((got, silent.as_str()), (code, ""), "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let content = std::fs::read(scenario("managed-30-small-tasks")).expect("the scenario");
    for arguments in [&["plan", "a.json"][..], &["schema"], &["--help"]] {
        let mut host = MemoryHost::default().file("a.json", content.clone());
        host.output.reads = Some(0);
        assert_eq!(host.run(arguments), (0, String::new(), String::new()), "{arguments:?}");
    }
}

/// Without a clock nothing is measured, and nothing else changes.
#[test]
fn packing_needs_no_clock() {
    let problem = std::fs::read(scenario("../problems/every-rule")).expect("the problem");
    let mut host = MemoryHost::with_input(problem);
    let (code, output, errors) = host.run(&["pack", "-", "--json", "--trace"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let plan: serde_json::Value = serde_json::from_str(&output).expect("JSON");
    assert!(plan.get("milliseconds").is_none() && plan["trace"][0]["cost_micro"].is_u64());
}

#[test]
fn every_shell_completes_every_command_and_option() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, errors) = MemoryHost::default().run(&["completions", shell]);
        assert_eq!((code, errors.as_str()), (0, ""), "{shell}");
        for word in ["plan", "simulate", "completions", "max-monthly", "jsonl", "catalog-file"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let (code, _, errors) = MemoryHost::default().run(&["completions", "bahs"]);
    assert!(code == 2 && errors.contains("a similar value exists: 'bash'"), "{errors}");
}
