//! Patterns of `=~` and `!~`: Java regular expressions, read for a simpler engine.
//!
//! The engine takes time in proportion to pattern and text, so what Java can only do by going back
//! is refused: looking around, backreferences, possessive repeats. Refused is also what the engine
//! would read in another sense than Java. Source: Java SE API, `java.util.regex.Pattern`.

use regex_lite::{Regex, RegexBuilder};

/// The compiled pattern may take so many bytes: ten thousand repeats of a character.
const MAX_SIZE: usize = 1 << 18;

/// At most so many groups within one another.
const MAX_GROUPS: u32 = 50;

/// A pattern that can be evaluated.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    text: String,
    /// Anchored at both ends.
    regex: Regex,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Pattern {
    /// Reads a pattern, or tells why it cannot be evaluated.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let pattern = translated(text)?;
        // Alone first: `a)(?:b` is a pattern only between the parentheses of the second.
        compiled(&pattern)?;
        let regex = compiled(&format!(r"\A(?:{pattern})\z"))?;
        Ok(Self { text: text.to_owned(), regex })
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the whole value matches. Whether ECS asks for the whole value is not documented;
    /// its examples (`g2.*`) suggest it, as does Java's `matches`.
    pub(super) fn matches(&self, value: &str) -> bool {
        self.regex.is_match(value)
    }

    /// Whether the pattern matches texts of one length only and does not say that it means to.
    pub(super) fn is_plain(&self) -> bool {
        !self.text.contains(['*', '+', '?', '{', '|', '[', '$'])
    }
}

fn compiled(pattern: &str) -> Result<Regex, String> {
    let mut builder = RegexBuilder::new(pattern);
    builder.size_limit(MAX_SIZE).nest_limit(MAX_GROUPS);
    builder.build().map_err(|error| error.to_string())
}

/// The pattern as the engine writes it.
fn translated(text: &str) -> Result<String, String> {
    let mut scanner = Scanner { rest: text, written: String::with_capacity(text.len()) };
    let mut repeatable = false;
    while let Some(character) = scanner.next() {
        match character {
            '*' | '+' | '?' if !repeatable => {
                return Err(format!("`{character}` has nothing to repeat; any text is `.*`"));
            }
            '\\' => scanner.escape()?,
            '[' => scanner.class()?,
            '(' => scanner.group()?,
            '*' | '+' | '?' | '{' => scanner.repeat(character)?,
            // Outside of a class these stand for themselves in Java.
            ']' | '}' => scanner.written.extend(['\\', character]),
            _ => scanner.written.push(character),
        }
        repeatable = !matches!(character, '(' | '|');
    }
    Ok(scanner.written)
}

struct Scanner<'a> {
    rest: &'a str,
    written: String,
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next();
        self.rest = characters.as_str();
        character
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<(), String> {
        match self.next() {
            None => return Err("it ends in a backslash".to_owned()),
            Some('b') if self.rest.starts_with('{') => {
                return Err(r"`\b{…}` is known to Java only".to_owned());
            }
            Some('1'..='9' | 'k') => return Err("it refers back to a group".to_owned()),
            Some(
                known @ ('d' | 'D' | 'w' | 'W' | 's' | 'S' | 'b' | 'B' | 'A' | 'z' | 'n' | 'r'
                | 't' | 'f' | 'a' | 'x' | 'u'),
            ) => self.written.extend(['\\', known]),
            Some(other) if other.is_ascii_alphanumeric() => {
                return Err(format!(r"`\{other}` is not known here"));
            }
            Some(literal) => self.written.push_str(&regex_lite::escape(&literal.to_string())),
        }
        Ok(())
    }

    /// What follows an opening bracket, up to the closing one.
    fn class(&mut self) -> Result<(), String> {
        self.written.push('[');
        if let Some(rest) = self.rest.strip_prefix('^') {
            self.rest = rest;
            self.written.push('^');
        }
        // A bracket that closes at once stands for itself.
        let mut first = true;
        while let Some(character) = self.next() {
            match character {
                '\\' => self.escape()?,
                '[' => return Err("a class in brackets stands within another".to_owned()),
                ']' if !first => {
                    self.written.push(']');
                    return Ok(());
                }
                ']' => self.written.push_str(r"\]"),
                '&' if self.rest.starts_with('&') => {
                    return Err("`&&` in brackets is known to Java only".to_owned());
                }
                '~' => self.written.push_str(r"\~"),
                _ => self.written.push(character),
            }
            first = false;
        }
        Err("a bracket `[` is not closed".to_owned())
    }

    /// What follows an opening parenthesis, where it says how the group works.
    fn group(&mut self) -> Result<(), String> {
        self.written.push('(');
        let Some(kind) = self.rest.strip_prefix('?') else { return Ok(()) };
        if ["=", "!", "<=", "<!"].iter().any(|look| kind.starts_with(look)) {
            return Err("it looks ahead or back".to_owned());
        }
        if kind.starts_with('>') {
            return Err("`(?>` is known to Java only".to_owned());
        }
        // `?<name>`, or flags. Others mean something else to Java, and `P` nothing.
        if !kind.starts_with('<') {
            let mut flags = kind.chars().take_while(|c| !matches!(c, ')' | ':'));
            if let Some(flag) = flags.find(|flag| !matches!(flag, 'i' | 'm' | 's' | '-')) {
                return Err(format!("`(?{flag}` is not known here"));
            }
        }
        // The question mark is no repeat.
        self.rest = kind;
        self.written.push('?');
        Ok(())
    }

    /// A repeat, with the question mark that makes it lazy.
    fn repeat(&mut self, first: char) -> Result<(), String> {
        self.written.push(first);
        if first == '{' {
            let needs_numbers = || "`{` needs numbers, as in `{2}` or `{1,3}`".to_owned();
            let (numbers, rest) = self.rest.split_once('}').ok_or_else(needs_numbers)?;
            let (least, most) = numbers.split_once(',').unwrap_or((numbers, ""));
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            if least.is_empty() || !digits(least) || !digits(most) {
                return Err(needs_numbers());
            }
            self.written.push_str(numbers);
            self.written.push('}');
            self.rest = rest;
        }
        if let Some(rest) = self.rest.strip_prefix('?') {
            self.rest = rest;
            self.written.push('?');
        } else if self.rest.starts_with('+') {
            return Err("it repeats without giving back, as in `*+`".to_owned());
        }
        if self.rest.starts_with(['*', '+', '?', '{']) {
            return Err("one repeat stands after another".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    /// `Ok` with texts that match and that do not, or a part of the reason.
    #[track_caller]
    fn check(pattern: &str, expected: Result<(&[&str], &[&str]), &str>) {
        match (Pattern::read(pattern), expected) {
            (Ok(read), Ok((matching, others))) => {
                for text in matching {
                    assert!(read.matches(text), "{pattern} {text}");
                }
                for text in others {
                    assert!(!read.matches(text), "{pattern} {text}");
                }
            }
            (Err(reason), Err(part)) => assert!(reason.contains(part), "{pattern}: {reason}"),
            (read, expected) => panic!("{pattern}: {read:?}, not {expected:?}"),
        }
    }

    #[test]
    fn patterns_match_whole_values() {
        for (pattern, matching, others) in [
            ("g2.*", &["g2.2xlarge", "g2"] as &[&str], &["xg2", ""] as &[&str]),
            ("t2.small", &["t2.small", "t2-small"], &["t2.smaller"]),
            ("a|bc", &["a", "bc"], &["ac", "abc", ""]),
            ("^a$", &["a"], &["a\n"]),
            ("", &[""], &["a"]),
            (r"(c5|m5)\.(large|\d+xlarge)", &["c5.large", "m5.12xlarge"], &["m5xlarge"]),
            ("[gp][0-9]{1,2}.+?", &["g2.x", "p12x"], &["g2", "x2.x"]),
            ("(?i)ab(?-i:c)", &["ABc", "abc"], &["abC"]),
            ("(?<kind>a)b", &["ab"], &[]),
            (r"a\-\/\_\<\ b", &["a-/_< b"], &[]),
            ("a]}", &["a]}"], &[]),
            ("[]a]+", &["]a"], &["b"]),
            (r"[^\]~]", &["a"], &["]", "~"]),
            (r"[\w.-]+", &["a-b.c"], &["a b"]),
            (r"\x41\u0042", &["AB"], &[]),
        ] {
            check(pattern, Ok((matching, others)));
        }
    }

    #[test]
    fn what_cannot_be_evaluated_is_refused() {
        let deep = format!("{}a{}", "(".repeat(200), ")".repeat(200));
        for (pattern, reason) in [
            ("a(?=b)", "looks ahead"),
            ("(?!a).*", "looks ahead"),
            ("(?<!a)b", "looks ahead or back"),
            ("(?>a)", "Java only"),
            (r"(a)\1", "refers back"),
            (r"(?<n>a)\k<n>", "refers back"),
            ("a++", "without giving back"),
            ("a{2}+", "without giving back"),
            ("a**", "one repeat"),
            ("a??*", "one repeat"),
            ("[a-z&&[^b]]", "Java only"),
            ("[a[b]]", "within another"),
            ("[a", "not closed"),
            ("a\\", "ends in a backslash"),
            (r"\p{Alpha}", r"`\p` is not known"),
            (r"\Qa\E", r"`\Q` is not known"),
            (r"\b{g}", "Java only"),
            ("(?x)a # b", "`(?x` is not known"),
            ("(?U)a", "`(?U` is not known"),
            ("(?P<a>b)", "`(?P` is not known"),
            ("a{,3}", "needs numbers"),
            ("a{x}", "needs numbers"),
            ("a{", "needs numbers"),
            ("*.large", "nothing to repeat"),
            ("a(|+)", "nothing to repeat"),
            ("a)(?:b", ""),
            ("(a", ""),
            ("(((a{99}){99}){99}){99}", ""),
            ("a{3,2}", ""),
            (&deep, ""),
        ] {
            check(pattern, Err(reason));
        }
    }
}
