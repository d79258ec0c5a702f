//! A reader worker: confines itself, reads requests from its input, answers on its output, ends when its input ends.

use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use super::limits::Limits;
use super::protocol::{self, Answer, Request, VERSION};
use super::{Reading, caps, source};
use crate::finding::{Finding, code};

/// The whole life of a worker process.
pub fn worker_main() -> ExitCode {
    // A panic is caught and becomes a finding; its message would end up on somebody's terminal.
    std::panic::set_hook(Box::new(|_| {}));
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn serve() -> io::Result<()> {
    let mut requests = BufReader::new(io::stdin().lock());
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut limits = Limits::default();
    while let Some(request) = protocol::read(&mut requests)? {
        match request {
            Request::Begin(given) => {
                limits = given;
                caps::confine(&limits);
                send(&mut out, &Answer::Ready(VERSION))?;
            }
            Request::Batch(tasks) => {
                for task in tasks {
                    read(Path::new(&task.path), task.from, &limits, &mut out)?;
                }
            }
        }
    }
    Ok(())
}

/// Reads one file; each of its answers is sent as soon as it is known, so that a death blames the right one.
fn read(path: &Path, from: usize, limits: &Limits, out: &mut impl Write) -> io::Result<()> {
    caps::renew_cpu(limits);
    let mut sent = Ok(());
    source::read_file(path, from, limits, &mut |answer| {
        if sent.is_ok() {
            let more = matches!(answer, Answer::Member(_));
            sent = send(out, &answer);
            if more {
                caps::renew_cpu(limits);
            }
        }
    });
    sent
}

fn send(out: &mut impl Write, answer: &Answer) -> io::Result<()> {
    match protocol::write(out, answer) {
        // Too much for a frame, which the limits should have kept it from being: said instead of sent.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            let reading = Reading::unreadable(0, Finding::new(code::INFLATES_TOO_FAR));
            let instead =
                if matches!(answer, Answer::Member(_)) { Answer::Member(reading) } else { Answer::Whole(reading) };
            protocol::write(out, &instead)?;
        }
        other => other?,
    }
    out.flush()
}
