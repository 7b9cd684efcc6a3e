import Glibc

/// Runs the program of a parcel, in a process group of its own that is gone when it ends.
struct ParcelProgram {
    private let parcel: Parcel

    init(_ parcel: Parcel) { self.parcel = parcel }

    /// Waits for its end, without holding a thread.
    func run() async -> ParcelEnd {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return ParcelEnd(.notStarted(Self.reason(errno))) }
        // What another thread starts in between may have a copy: the end is never told by the pipe.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let process: pid_t
        do throws(StartFailure) {
            defer { close(ends[1]) }
            process = try start(output: ends[1])
        } catch {
            return ParcelEnd(.notStarted(error.reason))
        }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        var output: [UInt8] = []
        let end = ContinuousClock.now + parcel.timeLimit
        var isTimedOut = false
        while !hasEnded(process) {
            read(ends[0], into: &output)
            if ContinuousClock.now >= end {
                isTimedOut = true
                break
            }
            // Of a task that was cancelled it comes back at once: the time limit still holds.
            if (try? await Task.sleep(for: .milliseconds(5))) == nil { usleep(5_000) }
        }
        // Whatever it started goes with it; it is still there to be waited for, so that the number is nobody else's.
        kill(-process, SIGKILL)
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        read(ends[0], into: &output)
        // A line that was cut may end in a part of a secret, which nobody would know for one.
        if output.count >= parcel.outputLimit {
            output.removeLast(output.count - (output.lastIndex(of: UInt8(ascii: "\n")) ?? 0))
        }
        return ParcelEnd(isTimedOut ? .timedOut : Self.how(status), bytes: output)
    }

    private struct StartFailure: Error {
        var reason: String
    }

    private func start(output: CInt) throws(StartFailure) -> pid_t {
        let inputs = [try Self.memory(parcel.input), try Self.memory(parcel.further)]
        defer { for input in inputs { close(input) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputs[0], 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        if parcel.hearsErrors {
            posix_spawn_file_actions_adddup2(&actions, output, 2)
        } else {
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, inputs[1], 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var words = ([parcel.program] + parcel.arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        var process: pid_t = 0
        let result = posix_spawnp(&process, parcel.program, &actions, &attributes, &words, &variables)
        guard result == 0 else { throw StartFailure(reason: Self.reason(result)) }
        return process
    }

    /// Where programs, time zones and certificates are, and how to get out.
    static let harmless: Set<String> = [
        "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR", "http_proxy",
        "https_proxy",
        "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
    ]

    private var environment: [String] {
        var variables: [String] = []
        var next = environ
        while let text = next.pointee {
            let variable = String(cString: text)
            let name = String(variable.prefix { $0 != "=" })
            let isKept = parcel.inheritsAll || Self.harmless.contains(name)
            if isKept, parcel.environment[name] == nil { variables.append(variable) }
            next += 1
        }
        return variables + parcel.environment.map { "\($0.key)=\($0.value)" }
    }

    /// A file in memory, without a name, that holds the bytes: what reads it is never waited for, and nobody else sees it.
    private static func memory(_ bytes: [UInt8]) throws(StartFailure) -> CInt {
        let name = "/lockstep-\(RunID.new())"
        let file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { throw StartFailure(reason: reason(errno)) }
        shm_unlink(name)
        // Above those that it will take the place of.
        let high = fcntl(file, F_DUPFD_CLOEXEC, 10)
        close(file)
        guard high >= 0 else { throw StartFailure(reason: reason(errno)) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { write(high, $0.baseAddress?.advanced(by: done), bytes.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                close(high)
                throw StartFailure(reason: reason(errno))
            }
            done += count
        }
        lseek(high, 0, SEEK_SET)
        return high
    }

    private func hasEnded(_ process: pid_t) -> Bool {
        var info = siginfo_t()
        // It stays, to be waited for once its group is gone.
        guard waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 else { return errno != EINTR }
        return info.si_signo != 0
    }

    /// Takes what is there; what is too much is dropped, so that the program is not held up.
    private func read(_ channel: CInt, into output: inout [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        for _ in 0..<64 {
            let count = Glibc.read(channel, &buffer, buffer.count)
            guard count > 0 else { return }
            output += buffer[..<min(count, parcel.outputLimit - output.count)]
        }
    }

    private static func how(_ status: CInt) -> ParcelEnd.How {
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(by: signal)
    }

    private static func reason(_ number: CInt) -> String { String(cString: strerror(number)) }
}
