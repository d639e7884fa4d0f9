//! Faults of the disk: full, read-only, in the way. Nothing is paid for what cannot be written, and nothing half-written stays.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::desk::Desk;
use crate::server::Server;

fn desk() -> Desk {
    Desk::new(Server::well()).articles(4).translate("window = 6")
}

/// Whatever happened, a run that has room ends well and asks for nothing that the first had written.
#[track_caller]
fn goes_on_with_room(desk: &Desk) {
    desk.run().exits(0).whole();
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_before_anything_is_paid() {
    let desk = desk();
    std::fs::create_dir(desk.path("out")).expect("a folder");
    std::fs::set_permissions(desk.path("out"), std::fs::Permissions::from_mode(0o555)).expect("set");
    // Root may write everywhere, unless the right is taken from it.
    let ended = if is_root() { desk.run_by(&["setpriv", "--bounding-set", "-dac_override"]) } else { desk.run() };
    ended.exits(2).asked(0).tells(&["cannot be written"]);
    std::fs::set_permissions(desk.path("out"), std::fs::Permissions::from_mode(0o755)).expect("set");
    goes_on_with_room(&desk);
}

#[test]
fn a_file_in_place_of_the_folder_is_refused_before_anything_is_paid() {
    let desk = desk();
    desk.file("out", b"no folder");
    desk.run().exits(2).asked(0).tells(&["cannot be written"]);
}

#[test]
fn a_file_that_is_in_the_way_is_refused_before_anything_is_paid() {
    let desk = Desk::new(Server::well());
    desk.file("out/a10.pt-BR.html", b"somebody's page");
    desk.run().exits(3).asked(0).tells(&["a10.pt-BR.html", "--overwrite"]);
    assert_eq!(desk.files("out")["a10.pt-BR.html"], b"somebody's page");
}

/// Files larger than this cannot be written, as on a disk that is full or a quota that is used up.
#[track_caller]
fn survives_files_up_to(blocks: usize) {
    let desk = desk();
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let ended = desk.run_by(&["sh", "-c", &limited, "sh"]);
    assert_ne!(ended.code(), Some(0), "nothing was too large");
    goes_on_with_room(&desk);
}

#[test]
fn a_file_that_grows_too_large_is_told() {
    for blocks in [0, 1, 4, 8, 16] {
        survives_files_up_to(blocks);
    }
}

/// What gives a program a view of the disks of its own, where this machine lets us.
#[expect(clippy::print_stdout, reason = "a machine that lets nobody mount anything is told aloud")]
fn own_disks() -> Option<&'static str> {
    let own = if is_root() { "-m" } else { "-rm" };
    let mounts = Command::new("unshare").args([own, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).output();
    let may = mounts.is_ok_and(|output| output.status.success());
    if !may {
        println!("skipped: no disk can be mounted here, which containers may forbid");
    }
    may.then_some(own)
}

/// Runs on a disk of so many kilobytes, which ends with the run; what is left on it is brought to the folder of the outputs.
#[track_caller]
fn survives_a_disk_of(own: &str, kilobytes: usize) {
    let desk = desk();
    std::fs::create_dir(desk.path("out")).expect("a folder");
    let script = format!(
        "mount -t tmpfs -o size={kilobytes}k tmpfs out || exit 99; \"$@\"; code=$?; cp -a out left; umount out; \
         rmdir out; mv left out; exit $code"
    );
    let ended = desk.run_by(&["unshare", own, "sh", "-c", &script, "sh"]);
    assert!(matches!(ended.code(), Some(0 | 2 | 3 | 4)), "{:?}: {}", ended.code(), desk.said("stderr"));
    goes_on_with_room(&desk);
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

#[test]
fn a_disk_that_is_full_is_told_and_survived() {
    let Some(own) = own_disks() else { return };
    for kilobytes in [4, 8, 16, 32, 48, 64, 96, 128, 192, 256, 384] {
        survives_a_disk_of(own, kilobytes);
    }
}
