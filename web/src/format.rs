//! Figures as people read them: money, CPU, memory, counts. Whole numbers in, text out; nothing
//! here knows of the document or the browser.

/// `1234567` as `1,234,567`.
pub fn thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `value` in units of `10^-scale`, rounded half up to `decimals`.
fn decimal(value: u64, scale: u32, decimals: u32) -> String {
    let step = 10u64.pow(scale - decimals);
    let rounded = value.saturating_add(step / 2) / step;
    let unit = 10u64.pow(decimals);
    let whole = thousands(rounded / unit);
    if decimals == 0 {
        return whole;
    }
    format!("{whole}.{:0width$}", rounded % unit, width = decimals as usize)
}

/// Money a month, from micro-USD: whole dollars until cents matter, below 10.
pub fn usd_month(micro_usd: u64) -> String {
    let decimals = if micro_usd >= 9_995_000 || micro_usd == 0 { 0 } else { 2 };
    format!("${}", decimal(micro_usd, 6, decimals))
}

/// Money an hour, from nano-USD: three decimals, two from 10 dollars on, none from 1,000.
pub fn usd_hour(nano_usd: u64) -> String {
    let decimals = match nano_usd {
        1..=9_999_499_999 => 3,
        9_999_500_000..=999_994_999_999 => 2,
        _ => 0,
    };
    format!("${}", decimal(nano_usd, 9, decimals))
}

/// Money an hour with the decimals it has, two to five, for arithmetic: `$0.0168`.
pub fn usd_exact(nano_usd: u64) -> String {
    let text = decimal(nano_usd, 9, 5);
    let kept = text.trim_end_matches('0').len();
    let least = text.find('.').map_or(text.len(), |dot| dot + 3);
    format!("${}", &text[..kept.max(least)])
}

/// Money an hour with all the decimals it has, at least two: what must add up to the last digit.
pub fn usd_finest(nano_usd: u64) -> String {
    let text = decimal(nano_usd, 9, 9);
    let kept = text.trim_end_matches('0').len();
    let least = text.find('.').map_or(text.len(), |dot| dot + 3);
    format!("${}", &text[..kept.max(least)])
}

/// Money of a task and hour, five decimals, so that columns line up: `0.01680`.
pub fn usd_task_hour(nano_usd: u64) -> String {
    decimal(nano_usd, 9, 5)
}

/// CPU units as vCPUs, at most three decimals: `0.5 vCPU`.
pub fn vcpus(units: u64) -> String {
    let text = decimal(units.saturating_mul(1000) / 1024, 3, 3);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text} vCPU")
}

/// MiB as text: `1,538 MiB`.
pub fn mib(mib: u64) -> String {
    format!("{} MiB", thousands(mib))
}

/// Memory as GiB where that is short, as MiB where it is not: `1 GiB`, `1.5 GiB`, `1,000 MiB`.
pub fn memory(mib_value: u64) -> String {
    if mib_value >= 1024 && mib_value.is_multiple_of(128) {
        let text = decimal(mib_value * 1000 / 1024, 3, 3);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        return format!("{text} GiB");
    }
    mib(mib_value)
}

/// How much `part` is of `whole` in whole percent, rounded; 0 of nothing.
pub fn percent(part: u64, whole: u64) -> u64 {
    if whole == 0 {
        return 0;
    }
    let percent = (u128::from(part) * 200 + u128::from(whole)) / (u128::from(whole) * 2);
    u64::try_from(percent).unwrap_or(u64::MAX)
}

/// Thousandths as a factor: `4.3 times`, `1.04 times`, `12 times`.
pub fn times(thousandths: u64) -> String {
    let text = match thousandths {
        ..1_100 => decimal(thousandths, 3, 2),
        1_100..9_950 => decimal(thousandths, 3, 1),
        _ => decimal(thousandths, 3, 0),
    };
    format!("{text} times")
}

/// Thousandths of either sign as whole percent without it, rounded: `24 %`; `0.4 %` below one.
pub fn share(thousandths: i64) -> String {
    let thousandths = thousandths.unsigned_abs();
    match thousandths {
        1..10 => format!("0.{thousandths} %"),
        _ => format!("{} %", thousands((thousandths + 5) / 10)),
    }
}

/// Words as a sentence of their own begins.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `1 task`, `2 tasks`.
pub fn counted(count: u64, one: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{} {one}{s}", thousands(count))
}

/// Small numbers in words, as a sentence has them.
pub fn in_words(count: u64) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    usize::try_from(count)
        .ok()
        .and_then(|count| WORDS.get(count))
        .map_or_else(|| thousands(count), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: std::fmt::Debug>(write: impl Fn(T) -> String, rows: Vec<(T, &str)>) {
        for (value, expected) in rows {
            let shown = format!("{value:?}");
            assert_eq!(write(value), expected, "{shown}");
        }
    }

    #[test]
    fn a_month_is_in_whole_dollars_until_cents_matter() {
        check(
            usd_month,
            vec![
                (0, "$0"),
                (412_070_400, "$412"),
                (1_234_567_890_000, "$1,234,568"),
                (9_990_000, "$9.99"),
                (9_999_999, "$10"),
                (6_400_000, "$6.40"),
                (4_000, "$0.00"),
            ],
        );
    }

    #[test]
    fn an_hour_keeps_the_digits_that_differ() {
        check(
            usd_hour,
            vec![
                (0, "$0"),
                (564_480_000, "$0.564"),
                (12_345_000_000, "$12.35"),
                (1_234_500_000_000, "$1,235"),
            ],
        );
        check(
            usd_exact,
            vec![
                (16_800_000, "$0.0168"),
                (504_000_000, "$0.504"),
                (2_000_000_000, "$2.00"),
                (96_438_353, "$0.09644"),
            ],
        );
        check(usd_finest, vec![(96_438_353, "$0.096438353"), (1, "$0.000000001"), (0, "$0.00")]);
        check(usd_task_hour, vec![(16_800_000, "0.01680"), (22_666_667, "0.02267")]);
    }

    #[test]
    fn cpu_and_memory_are_short() {
        check(
            vcpus,
            vec![(512, "0.5 vCPU"), (1024, "1 vCPU"), (1000, "0.976 vCPU"), (0, "0 vCPU")],
        );
        check(
            memory,
            vec![(1024, "1 GiB"), (1536, "1.5 GiB"), (1000, "1,000 MiB"), (512, "512 MiB")],
        );
        assert_eq!(percent(1, 3), 33);
        assert_eq!(percent(1, 0), 0);
    }

    #[test]
    fn ratios_are_short() {
        check(
            times,
            vec![
                (1000, "1.00 times"),
                (1040, "1.04 times"),
                (4312, "4.3 times"),
                (12_400, "12 times"),
            ],
        );
        check(share, vec![(-244, "24 %"), (245, "25 %"), (4, "0.4 %"), (0, "0 %")]);
    }

    #[test]
    fn counts_are_said() {
        assert_eq!(counted(1, "task"), "1 task");
        assert_eq!(counted(1200, "task"), "1,200 tasks");
        assert_eq!(in_words(2), "two");
        assert_eq!(in_words(11), "11");
    }
}
