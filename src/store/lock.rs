//! The lock that lets one writer at a time in. The file is made once and kept for ever: removing it would race.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Kind, Outcome};

/// After this long, waiting is told.
const TOLD_AFTER: Duration = Duration::from_millis(200);
/// How often the lock is tried while it is held elsewhere.
const EVERY: Duration = Duration::from_millis(2);

/// Held until dropped; the operating system lets go of it too if the process dies.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes the lock at `path`, waiting at most `patience`; `tell` is called once if that takes a while.
///
/// # Errors
/// `Busy` when the patience runs out, `Io` if the file cannot be opened.
pub fn take(path: &Path, patience: Duration, tell: &mut dyn FnMut(&str)) -> Outcome<Lock> {
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let file = open.map_err(|error| Failure::io("open", path.display(), error))?;
    let since = Instant::now();
    let mut told = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: file }),
            Err(TryLockError::Error(error)) => return Err(Failure::io("lock", path.display(), error)),
            Err(TryLockError::WouldBlock) => {}
        }
        let waited = since.elapsed();
        if waited >= patience {
            return Err(Failure::new(Kind::Busy, format!("another command holds the store ({})", path.display()))
                .hint("nothing was changed; try again, or wait longer with --wait 1m"));
        }
        if waited >= TOLD_AFTER && !told {
            tell("waiting for another command to finish");
            told = true;
        }
        std::thread::sleep(EVERY.min(patience.saturating_sub(waited)));
    }
}
