//! A terminal of 80 columns on which the program runs: what it asks is answered, what a person would see is read.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Terminal {
    keyboard: File,
    shown: Receiver<Vec<u8>>,
    child: Child,
    screen: Vec<u8>,
    read_to: usize,
}

impl Terminal {
    /// Starts `cds` in a folder.
    pub fn cds(folder: &Path, words: &[&str]) -> Terminal {
        Terminal::of(env!("CARGO_BIN_EXE_cds"), folder, words)
    }

    /// Starts a program in a folder.
    pub fn of(program: &str, folder: &Path, words: &[&str]) -> Terminal {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        tcsetwinsize(&master, Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let end = || File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
        let child = Command::new(program)
            .args(words)
            .current_dir(folder)
            .stdin(end())
            .stdout(end())
            .stderr(end())
            .spawn()
            .unwrap();
        let keyboard = File::from(master);
        let mut screen = keyboard.try_clone().unwrap();
        let (sender, shown) = channel();
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            // The end of the last program on a terminal is an error to whoever reads it.
            while let Ok(read @ 1..) = screen.read(&mut part) {
                if sender.send(part[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Terminal { keyboard, shown, child, screen: Vec::new(), read_to: 0 }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.screen).replace("\r\n", "\n")
    }

    /// Waits for a question, and types a line.
    pub fn answer(&mut self, question: &str, line: &str) {
        loop {
            let new = String::from_utf8_lossy(&self.screen[self.read_to..]).into_owned();
            if new.contains(question) {
                break;
            }
            match self.shown.recv_timeout(PATIENCE) {
                Ok(part) => self.screen.extend(part),
                Err(_) => panic!("not asked: {question}\n{}", self.text()),
            }
        }
        self.read_to = self.screen.len();
        writeln!(self.keyboard, "{line}").unwrap();
    }

    /// Waits for the end: all that was shown, and the exit code.
    pub fn end(mut self) -> (String, i32) {
        while let Ok(part) = self.shown.recv_timeout(PATIENCE) {
            self.screen.extend(part);
        }
        let code = self.child.wait().unwrap().code().unwrap();
        (self.text(), code)
    }
}
