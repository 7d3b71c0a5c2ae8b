//! Which store is used, what begins one, and what happens where it cannot be read or written.

use std::fs;

use insta::assert_snapshot;

use crate::common::Site;

fn journal(site: &Site) -> std::path::PathBuf {
    site.store().join("journal/000000000001.jsonl")
}

#[test]
fn a_reader_of_a_store_that_is_not_there_fails_with_a_hint() {
    let site = Site::new();
    assert_snapshot!(site.run("list"), @"
    ! error: there is no store in STORE
    ! hint: begin one with `downtime init`, or name another with --store DIR
    exit 5
    ");
    for line in ["show 1", "history", "check web01", "doctor", "extend 1 --by 1h", "delete 1", "undo -y"] {
        assert_eq!(site.run(line).code, 5, "{line}");
    }
    assert!(!site.store().exists());
}

#[test]
fn a_directory_that_holds_only_toml_files_is_a_store_not_begun() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n");
    assert_eq!(site.run("list").code, 5);
    assert_eq!(site.run("check web01").code, 5);
    assert_snapshot!(site.run("schedule web01 -m a --for 1h"), @"
    Scheduled downtime 1: web01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
    assert_eq!(site.run("check web01").code, 0);
}

#[test]
fn an_empty_directory_is_a_store_not_begun() {
    let site = Site::new();
    fs::create_dir(site.store()).unwrap();
    assert_eq!(site.run("list").code, 5);
    site.ok("schedule web01 -m a --for 1h");
    assert_eq!(site.run("list").code, 0);
}

#[test]
fn the_place_named_first_wins() {
    let mut site = Site::new();
    let named = |site: &Site, line: &str| {
        let run = site.run(&format!("-v {line}"));
        run.stderr.lines().next().unwrap().to_owned()
    };
    assert_eq!(named(&site, "--store elsewhere list"), "store elsewhere (--store or DOWNTIME_STORE)");
    assert_eq!(named(&site, "list"), "store STORE (--store or DOWNTIME_STORE)");
    site.unset("DOWNTIME_STORE");
    if fs::metadata("/etc/downtime/config.toml").is_err() && fs::metadata("/var/lib/downtime").is_err() {
        assert_eq!(named(&site, "list"), "store SITE/home/.local/state/downtime (the default)");
    }
    let config = site.root().join("home/.config/downtime/config.toml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    fs::write(&config, "store = \"~/mine\"\n").unwrap();
    assert_eq!(named(&site, "list"), "store SITE/home/mine (SITE/home/.config/downtime/config.toml)");
    fs::write(&config, "stroe = \"~/mine\"\n").unwrap();
    assert_snapshot!(site.run("list"), @"
    ! error: SITE/home/.config/downtime/config.toml:1:1: unknown field `stroe`, expected `store` or `timezone`
    ! hint: correct it; it is read by every command
    exit 5
    ");
}

#[test]
fn pretended_and_real_operations_do_not_mix_and_looking_is_always_allowed() {
    let mut site = Site::new();
    site.ok("schedule web01 -m a --for 1h");
    let before = site.fingerprint();
    site.unset("DOWNTIME_NOW");
    assert_snapshot!(site.run("schedule web01 -m a --for 1h"), @"
    ! error: this store holds operations of pretended time only
    ! hint: give --now TIME, or name another store with --store DIR
    exit 3
    ");
    assert_eq!(site.run("list").code, 0);
    assert_eq!(site.fingerprint(), before);

    let mut real = Site::real();
    real.ok("schedule web01 -m a --for 1h");
    let before = real.fingerprint();
    real.set("DOWNTIME_NOW", "2026-10-24T18:00:00Z");
    assert_snapshot!(real.run("delete 1"), @"
    ! error: this store is real, and --now is only pretended
    ! hint: try it in a store of its own with --store DIR, or leave --now out; --dry-run shows what would happen
    exit 3
    ");
    assert_eq!(real.run("list --all").code, 0);
    assert_eq!(real.run("schedule web01 -m a --for 1h --dry-run").code, 0);
    assert_eq!(real.fingerprint(), before);
}

#[test]
fn a_pretend_store_says_so_when_it_is_begun_and_a_real_one_does_not() {
    assert_snapshot!(Site::new().run("init").stderr, @"note: began a store of pretended time in STORE");
    assert_snapshot!(Site::real().run("init").stderr, @"note: began a store in STORE");
}

#[test]
fn a_store_of_a_newer_version_is_left_alone() {
    let site = Site::new();
    site.ok("schedule web01 -m a --for 1h");
    site.write("store.json", r#"{"format":2,"pretended":true,"colour":"blue"}"#);
    let before = site.fingerprint();
    assert_snapshot!(site.run("list"), @"
    ! error: STORE/store.json was written by a newer version of downtime
    ! hint: run the version that wrote this store
    exit 5
    ");
    for line in ["check web01", "schedule web01 -m a --for 1h", "delete 1", "doctor", "init"] {
        assert_eq!(site.run(line).code, 5, "{line}");
    }
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn an_operation_of_a_newer_version_is_never_passed_over() {
    let site = Site::new();
    site.ok("schedule web01 -m a --for 1h");
    let text = fs::read_to_string(journal(&site)).unwrap();
    let body = text.trim_end().replacen("\"op\":\"schedule\"", "\"op\":\"teleport\"", 1);
    let body = &body[..body.rfind(",\"crc\"").unwrap()];
    let line = format!("{body},\"crc\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()));
    assert_eq!(line.len(), text.len(), "so that the acknowledged length still fits");
    fs::write(journal(&site), line).unwrap();
    assert_snapshot!(site.run("check web01"), @"
    ! error: STORE/journal/000000000001.jsonl:1: there is no operation `teleport` in this version; it was written by a newer version of downtime
    ! hint: run the version that wrote this store
    exit 5
    ");
    assert_eq!(site.run("schedule web01 -m a --for 1h").code, 5);
}

#[test]
fn a_damaged_line_is_named_and_never_reads_as_not_in_downtime() {
    let site = Site::new();
    site.ok("schedule web01 -m first --for 1h");
    site.ok("schedule web02 -m second --for 1h");
    let text = fs::read_to_string(journal(&site)).unwrap();
    fs::write(journal(&site), text.replacen("second", "sEcond", 1)).unwrap();
    let before = site.fingerprint();
    assert_snapshot!(site.run("check web01"), @"
    ! error: STORE/journal/000000000001.jsonl line 2 is damaged
    ! hint: run `downtime doctor`; restore the file from a backup
    exit 5
    ");
    assert_snapshot!(site.run("check web01 -o json"), @r#"
    ! {"error":{"exit":5,"kind":"damaged","message":"STORE/journal/000000000001.jsonl line 2 is damaged","hint":"run `downtime doctor`; restore the file from a backup"}}
    exit 5
    "#);
    for line in ["list", "show 1", "history", "schedule web01 -m a --for 1h", "extend 1 --by 1h", "delete 1", "undo -y"]
    {
        assert_eq!(site.run(line).code, 5, "{line}");
    }
    assert_snapshot!(site.run("doctor"), @"
    damaged  journal    STORE/journal/000000000001.jsonl line 2 is damaged
    sound    zones      rules 2025b are built in
    ! error: the store in STORE is damaged
    ! hint: restore the files named from a backup; the directory `cache` may just be deleted
    exit 5
    ");
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn a_journal_cut_short_is_damage() {
    let site = Site::new();
    site.ok("schedule web01 -m first --for 1h");
    site.ok("schedule web02 -m second --for 1h");
    let text = fs::read_to_string(journal(&site)).unwrap();
    let first = text.lines().next().unwrap();
    fs::write(journal(&site), format!("{first}\n")).unwrap();
    let run = site.run("check web02");
    assert_eq!(run.code, 5, "{run}");
    assert!(run.stderr.contains("were acknowledged"), "{run}");
    fs::remove_file(journal(&site)).unwrap();
    assert_snapshot!(site.run("list"), @"
    ! error: STORE/journal/000000000001.jsonl is missing
    ! hint: run `downtime doctor`; restore the file from a backup
    exit 5
    ");
}

#[test]
fn what_a_crash_left_behind_is_noted_then_set_aside_and_the_store_is_sound() {
    let site = Site::new();
    site.ok("schedule web01 -m first --for 1h");
    let mut text = fs::read(journal(&site)).unwrap();
    text.extend(b"{\"v\":1,\"seq\":2,\"op\":\"sched");
    fs::write(journal(&site), text).unwrap();
    assert_snapshot!(site.run("check web01"), @"
    web01 is in downtime until Sat 2026-10-24 21:00 CEST (1h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 21:00  first
    ! note: 26 bytes behind the last operation are what a crash left; the next change sets them aside
    ");
    assert_eq!(site.run("doctor").code, 0);
    assert_snapshot!(site.run("schedule web02 -m second --for 1h"), @"
    Scheduled downtime 2: web02
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: set aside 26 bytes that a crash left behind the last operation: STORE/journal/000000000001-426.residue
    ");
    assert_snapshot!(site.run("doctor"), @"
    sound    journal    2 operations, 2 downtimes
    sound    zones      rules 2025b are built in
    ");
    assert_eq!(site.run("-q list").stdout, "1\n2\n");
}

#[test]
fn a_store_that_is_no_directory_cannot_be_used() {
    let site = Site::new();
    fs::write(site.store(), "not a directory").unwrap();
    assert_snapshot!(site.run("list"), @"
    ! error: cannot look at STORE/config: Not a directory (os error 20)
    ! hint: the store is a directory; name one with --store DIR
    exit 5
    ");
    assert_snapshot!(site.run("schedule web01 -m a --for 1h"), @"
    ! error: cannot look at STORE/config: Not a directory (os error 20)
    ! hint: the store is a directory; name one with --store DIR
    exit 5
    ");
    assert_eq!(fs::read_to_string(site.store()).unwrap(), "not a directory");
}

#[test]
fn a_store_that_may_not_be_written_is_said_and_left_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    if rustix::process::geteuid().is_root() {
        return eprintln!("skipped: root may write anything");
    }
    let site = Site::new();
    site.ok("schedule web01 -m a --for 1h");
    let before = site.fingerprint();
    let mode = |mode| fs::set_permissions(journal(&site), fs::Permissions::from_mode(mode)).unwrap();
    mode(0o444);
    let run = site.run("extend 1 --by 1h");
    assert_eq!(run.code, 5, "{run}");
    assert!(run.stderr.contains("Permission denied") && run.stderr.contains("hint: "), "{run}");
    assert_eq!(site.run("check web01").code, 0);
    mode(0o644);
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let mut site = Site::new();
    let small = site.root().join("small");
    fs::create_dir(&small).unwrap();
    let mounted =
        std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&small).output();
    if !mounted.is_ok_and(|mount| mount.status.success()) {
        return eprintln!("skipped: no file system may be mounted here");
    }
    let _mount = Unmount(small.clone());
    site.set("DOWNTIME_STORE", &small.join("store").display().to_string());
    site.ok("schedule web01 -m a --for 1h");
    let filler = small.join("filler");
    let mut bytes = vec![b'x'; 64 * 1024];
    while fs::write(&filler, &bytes).is_err() && bytes.len() > 1 {
        bytes.truncate(bytes.len() - 512);
    }
    // What is left of the journal's last page still holds some lines.
    let run = (0..40).map(|number| site.run(&format!("schedule db{number} -m b --for 1h"))).find(|run| run.code != 0);
    let run = run.unwrap();
    assert_snapshot!(run.to_string().replace(&site.root().display().to_string(), "SITE"), @"
    ! error: cannot write to SITE/small/store/journal/000000000001.jsonl: No space left on device (os error 28)
    ! hint: nothing was changed; make room on the file system and try again
    exit 5
    ");
    assert_eq!(site.run("check web01").code, 0);
    let before = site.ok("list -q");
    fs::remove_file(&filler).unwrap();
    assert_eq!(site.run("doctor").code, 0);
    assert_eq!(site.ok("list -q"), before);
    assert_eq!(site.run("schedule web03 -m c --for 1h").code, 0);
}

struct Unmount(std::path::PathBuf);

impl Drop for Unmount {
    fn drop(&mut self) {
        drop(std::process::Command::new("umount").arg("-l").arg(&self.0).output());
    }
}

#[test]
fn a_busy_store_is_waited_for_and_then_given_up_with_7() {
    let site = Site::new();
    site.ok("schedule web01 -m a --for 1h");
    let before = site.fingerprint();
    let lock = fs::File::open(site.store().join("lock")).unwrap();
    lock.lock().unwrap();
    assert_snapshot!(site.run("--no-wait extend 1 --by 1h"), @"
    ! error: another command holds the store (STORE/lock)
    ! hint: nothing was changed; try again, or wait longer with --wait 1m
    exit 7
    ");
    assert_snapshot!(site.run("--wait 1s extend 1 --by 1h"), @"
    ! note: waiting for another command to finish
    ! error: another command holds the store (STORE/lock)
    ! hint: nothing was changed; try again, or wait longer with --wait 1m
    exit 7
    ");
    assert_snapshot!(site.run("--no-wait extend 1 --by 1h -o json"), @r#"
    ! {"error":{"exit":7,"kind":"busy","message":"another command holds the store (STORE/lock)","hint":"nothing was changed; try again, or wait longer with --wait 1m"}}
    exit 7
    "#);
    for line in ["list", "show 1", "history", "check web01", "doctor", "schedule web01 -m a --for 1h --dry-run"] {
        assert_eq!(site.run(&format!("--no-wait {line}")).code, 0, "{line}: readers take no lock");
    }
    assert_eq!(site.fingerprint(), before);
    drop(lock);
    assert_eq!(site.run("--no-wait extend 1 --by 1h").code, 0);
}

#[test]
fn many_writers_at_once_each_get_an_id_of_their_own() {
    let site = Site::new();
    site.ok("init");
    let writers: Vec<_> = (0..12)
        .map(|number| {
            let mut process = site.command(&format!("schedule host{number} -m a --for 1h -q --wait 1m")).process();
            process.stdout(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let mut ids: Vec<u32> = writers
        .into_iter()
        .map(|writer| String::from_utf8(writer.wait_with_output().unwrap().stdout).unwrap().trim().parse().unwrap())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, (1..=12).collect::<Vec<u32>>());
    assert_eq!(site.run("doctor").code, 0);
}
