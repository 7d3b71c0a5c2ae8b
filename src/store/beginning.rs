//! Beginning a store, so that it is there whole and for good, or not at all.

use std::io;
use std::path::Path;

use super::Meta;
use super::acknowledged::Acknowledged;
use super::files::{Files, put};
use super::layout::Layout;

/// Writes down an empty store; `store.json` last, because its presence says that the rest is there.
pub(super) fn begin(files: &dyn Files, layout: &Layout, meta: Meta) -> io::Result<()> {
    files.make_dir(&layout.journal())?;
    files.write(&layout.segment(1), b"")?;
    files.sync(&layout.segment(1))?;
    put(files, &layout.acknowledged(), &Acknowledged::first_file())?;
    files.sync_dir(layout.root())?;
    put(files, &layout.meta(), &serde_json::to_vec(&meta)?).inspect_err(|_| take_back(files, layout))
}

/// Makes the names of the store, and of all directories above it, durable. Asked for until the first operation is
/// written, because who made them may have been killed before they were.
pub(super) fn make_names_last(files: &dyn Files, layout: &Layout) -> io::Result<()> {
    files.sync_dir(layout.root())?;
    let mut above =
        layout.root().ancestors().skip(1).map(|dir| if dir == Path::new("") { Path::new(".") } else { dir });
    if let Some(parent) = above.next() {
        files.sync_dir(parent)?;
    }
    for dir in above {
        match files.sync_dir(dir) {
            // Whoever may not even read a directory did not make one in it.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => break,
            synced => synced?,
        }
    }
    Ok(())
}

/// Makes it a store not begun again, after a failure that leaves it without any operation.
pub(super) fn take_back(files: &dyn Files, layout: &Layout) {
    let kept = layout.root().join("revisions");
    let taken_back = || -> io::Result<()> {
        let names = files.list(&kept)?;
        for name in &names {
            files.remove(&kept.join(name))?;
        }
        if !names.is_empty() {
            files.sync_dir(&kept)?;
        }
        files.remove(&layout.meta())?;
        files.sync_dir(layout.root())
    };
    // A store that stays behind is an empty one, which harms nobody.
    drop(taken_back());
}
