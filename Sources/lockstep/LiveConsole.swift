import Glibc

extension Console {
    /// The channels of this process.
    static func live() -> Console {
        Console(
            isTerminal: Channels(output: isatty(STDOUT_FILENO) == 1, errors: isatty(STDERR_FILENO) == 1),
            columns: columns(of: STDERR_FILENO), outputColumns: columns(of: STDOUT_FILENO),
            readAnswer: isatty(STDIN_FILENO) == 1 ? { @Sendable in readLine() } : nil
        ) { channel, bytes in
            writeAll(bytes, to: channel == .output ? STDOUT_FILENO : STDERR_FILENO)
        }
    }

    /// Makes the process safe to write from: a closed channel must not become the first file that is opened, and a
    /// reader that went away must not end a run halfway. Nor must a limit on the size of files: a write past it fails, and is told.
    static func prepareProcess() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is the one that is missing.
            _ = open("/dev/null", O_RDWR)
        }
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    private static func columns(of descriptor: CInt) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

private func writeAll(_ bytes: [UInt8], to descriptor: CInt) -> CInt {
    bytes.withUnsafeBytes { bytes in
        var done = 0
        while done < bytes.count {
            let count = write(descriptor, bytes.baseAddress!.advanced(by: done), bytes.count - done)
            if count >= 0 {
                done += count
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}
