//! A text read once from left to right. Blanks between its parts do not matter; digits and letters are ASCII.

/// How far a text has been read. Only ASCII is ever consumed, so the position is always a character boundary.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The beginning of a text.
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// How many bytes are read so far.
    pub(super) const fn position(&self) -> usize {
        self.at
    }

    /// What is left, without the blanks around it.
    pub(super) fn rest(&self) -> &'t str {
        self.text[self.at..].trim_ascii()
    }

    /// The next byte that is not a blank.
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.at += self.run(u8::is_ascii_whitespace).len();
        self.text.as_bytes().get(self.at).copied()
    }

    /// Whether only blanks are left.
    pub(super) fn is_done(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Steps over `byte`, in either case, if it comes next.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let comes = self.peek().is_some_and(|next| next.eq_ignore_ascii_case(&byte));
        self.at += usize::from(comes);
        comes
    }

    /// The digits that come next; empty if none do.
    pub(super) fn digits(&mut self) -> &'t str {
        self.take(u8::is_ascii_digit)
    }

    /// The letters that come next; empty if none do.
    pub(super) fn word(&mut self) -> &'t str {
        self.take(u8::is_ascii_alphabetic)
    }

    fn take(&mut self, belongs: fn(&u8) -> bool) -> &'t str {
        self.peek();
        let run = self.run(belongs);
        self.at += run.len();
        run
    }

    fn run(&self, belongs: fn(&u8) -> bool) -> &'t str {
        let left = &self.text[self.at..];
        let end = left.bytes().position(|byte| !belongs(&byte)).unwrap_or(left.len());
        &left[..end]
    }
}
