//! How far reading is, drawn on a terminal once it takes long.

use std::io::{IsTerminal, Read, Result};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::globals::Globals;
use crate::render::text::printable;

/// How long reading may take before it is worth a bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// Bytes read of all files, packed ones as they are packed. Gone from the terminal when dropped.
pub struct Progress {
    /// Whether anybody watches.
    wanted: bool,
    patience: Duration,
    since: Instant,
    /// Bytes of all files, if that is known.
    total: Option<u64>,
    read: u64,
    bar: Option<ProgressBar>,
    target: Box<dyn Fn() -> ProgressDrawTarget>,
}

impl Progress {
    /// For reading those files, of which `-` is standard input.
    pub fn of(globals: &Globals, files: &[String]) -> Self {
        let wanted = std::io::stderr().is_terminal() && !globals.quiet && !globals.document().unwrap_or(true);
        let bytes =
            |file: &String| std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file).map(|file| file.len());
        let total = if wanted { files.iter().map(bytes).sum() } else { None };
        Self {
            wanted,
            patience: PATIENCE,
            since: Instant::now(),
            total,
            read: 0,
            bar: None,
            target: Box::new(ProgressDrawTarget::stderr),
        }
    }

    /// The same input, watched as it is read.
    pub fn watch<'p, R>(&'p mut self, file: &str, input: R) -> Watched<'p, R> {
        if let Some(bar) = &self.bar {
            bar.set_message(printable(file).into_owned());
        }
        Watched { input, file: printable(file).into_owned(), progress: self }
    }

    fn advance(&mut self, file: &str, bytes: u64) {
        self.read += bytes;
        if !self.wanted {
            return;
        }
        if self.bar.is_none() && self.since.elapsed() >= self.patience {
            self.bar = Some(self.bar(file));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.read);
        }
    }

    fn bar(&self, file: &str) -> ProgressBar {
        let template = match self.total {
            Some(_) => "{bar:30} {binary_bytes} of {binary_total_bytes}  {wide_msg}",
            None => "{binary_bytes} read  {wide_msg}",
        };
        // The templates are right: a test draws both.
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(self.total, (self.target)()).with_message(file.to_owned());
        bar.set_style(style.progress_chars("=> "));
        bar
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// An input whose reading is watched.
pub struct Watched<'p, R> {
    input: R,
    file: String,
    progress: &'p mut Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        let read = self.input.read(to)?;
        self.progress.advance(&self.file, read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use indicatif::InMemoryTerm;

    use super::*;

    fn progress(term: &InMemoryTerm, wanted: bool, patience: Duration, total: Option<u64>) -> Progress {
        let term = term.clone();
        let target = Box::new(move || ProgressDrawTarget::term_like(Box::new(term.clone())));
        Progress { wanted, patience, since: Instant::now(), total, read: 0, bar: None, target }
    }

    /// What the terminal shows when a file was read, and when all is over.
    fn drawn(wanted: bool, patience: Duration, total: Option<u64>) -> (String, String) {
        let term = InMemoryTerm::new(4, 78);
        let mut progress = progress(&term, wanted, patience, total);
        let bytes = vec![0; 3 << 19];
        let mut input = progress.watch("na\u{1b}gios.log", &bytes[..]);
        assert_eq!(input.read(&mut bytes.clone()).unwrap(), bytes.len());
        let shown = term.contents();
        drop(progress);
        (shown, term.contents())
    }

    #[test]
    fn a_bar_tells_how_much_of_all_files_is_read_and_is_gone_afterwards() {
        let (shown, afterwards) = drawn(true, Duration::ZERO, Some(6 << 20));
        assert_eq!(shown, "=======>                       1.50 MiB of 6.00 MiB  na\\u{1b}gios.log");
        assert_eq!(afterwards, "");
        assert_eq!(drawn(true, Duration::ZERO, None).0, "1.50 MiB read  na\\u{1b}gios.log");
    }

    #[test]
    fn nothing_is_drawn_before_it_takes_long_or_where_nobody_watches() {
        let nothing = (String::new(), String::new());
        assert_eq!(drawn(true, Duration::MAX, Some(6 << 20)), nothing);
        assert_eq!(drawn(false, Duration::ZERO, Some(6 << 20)), nothing);
    }
}
