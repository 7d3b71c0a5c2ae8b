//! URLs in text as terminal hyperlinks (OSC 8).

/// The text with each `http://` or `https://` URL made a link to itself.
pub fn linked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = [rest.find("https://"), rest.find("http://")].into_iter().flatten().min() {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"│".contains(c)).unwrap_or(from.len());
        let url = from[..end].trim_end_matches(['.', ',', ';', ':', ')', ']', '!', '?']);
        out.push_str(before);
        out.push_str(&format!("\u{1b}]8;;{url}\u{1b}\\{url}\u{1b}]8;;\u{1b}\\"));
        rest = &from[url.len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_becomes_a_link_and_the_full_stop_after_it_does_not() {
        assert_eq!(
            linked("see https://w.example/x?y=1."),
            "see \u{1b}]8;;https://w.example/x?y=1\u{1b}\\https://w.example/x?y=1\u{1b}]8;;\u{1b}\\."
        );
        assert_eq!(linked("no link: http"), "no link: http");
    }
}
